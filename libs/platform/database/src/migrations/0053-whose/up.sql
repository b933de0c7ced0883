-- Partners and merchant groups belong to a branch, as campaigns and merchants do: those that are there to head office.
ALTER TABLE partner ADD COLUMN branch text COLLATE "C" NOT NULL DEFAULT 'head-office' CONSTRAINT partner_branch_fkey REFERENCES branch;
ALTER TABLE merchant_group ADD COLUMN branch text COLLATE "C" NOT NULL DEFAULT 'head-office' CONSTRAINT merchant_group_branch_fkey REFERENCES branch;
