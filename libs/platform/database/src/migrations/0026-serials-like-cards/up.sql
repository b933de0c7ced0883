-- Whether what this client numbers itself (serials, terminals) may pass for card numbers by chance; else such a one is refused.
ALTER TABLE client ADD COLUMN serials_may_look_like_cards boolean NOT NULL DEFAULT false;
