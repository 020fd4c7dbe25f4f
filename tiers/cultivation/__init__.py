"""The cultivation of firms as data: steps of the pool by place, services by what they answer, playbooks by signal."""
