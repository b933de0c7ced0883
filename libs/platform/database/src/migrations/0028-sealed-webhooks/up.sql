-- Secrets of webhooks are sealed (LIJIAN_ACCOUNT_KEY), and a client has two of them for a while when one follows the other. webhook_secret is what releases
-- before have stored in clear: `./lijian keys rotate` seals it, and so does the next change of the client.
ALTER TABLE client
  ADD COLUMN webhook_sealed bytea,
  ADD COLUMN webhook_since timestamptz,
  ADD COLUMN webhook_sealed_before bytea,
  ADD COLUMN webhook_before_until timestamptz,
  -- Serials of rotations, the last at the end: who sends one again is told the same secret.
  ADD COLUMN webhook_rotations text[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT client_webhook_before CHECK ((webhook_sealed_before IS NULL) = (webhook_before_until IS NULL)),
  ADD CONSTRAINT client_webhook_one_form CHECK (webhook_secret IS NULL OR webhook_sealed IS NULL);
