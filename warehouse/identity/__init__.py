"""Which firm a name means: joined by rule or by a person, else proposed to one; never joined by likeness."""
