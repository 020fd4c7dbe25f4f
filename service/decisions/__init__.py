"""What people decide: each function checks the decision, keeps it with who, why and when, and returns the statement."""

from warehouse.casebook.statements import Statement as Statement
