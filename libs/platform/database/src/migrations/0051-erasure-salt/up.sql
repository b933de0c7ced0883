-- The audit keeps a hash of each row that it has seen. With this in the row nobody finds the tokens again by guessing, once it is gone.
ALTER TABLE erasure ADD COLUMN salt text DEFAULT gen_random_uuid();
UPDATE erasure SET salt = NULL WHERE tokens IS NULL;
