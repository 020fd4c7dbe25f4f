"""Odds of reaching and losing a title within a horizon, from what became of like firms at earlier year ends.

history (core_firm__past) ─ rates of like firms ─ where a model is better on unseen years: the model ─▶ core_firm__odds
                                                ─ what was forecast and what happened ─▶ mart_zone__odds_record, _bins
"""
