"""What every app shares: actor, scope, refusal, clock, facts, runs, privacy, tables. It knows no app."""
