-- Whether a success of this client may leave "paid" out; it then means what stands in the row.
ALTER TABLE client ADD COLUMN may_omit_paid boolean NOT NULL DEFAULT false;
