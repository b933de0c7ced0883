-- What waits for a second person because of the file.
ALTER TABLE group_import ADD COLUMN proposal bigint CONSTRAINT group_import_proposal_fkey REFERENCES proposal;
