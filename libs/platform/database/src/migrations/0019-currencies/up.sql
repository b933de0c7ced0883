-- Of a partner's balance, receivable and statements. Keys of books that several currencies have carry it in their names: docs/decisions/0055.
ALTER TABLE partner ADD COLUMN currency text NOT NULL DEFAULT 'CNY' CONSTRAINT partner_currency CHECK (currency ~ '^[A-Z]{3}$');
