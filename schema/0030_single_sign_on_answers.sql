-- An answer of the provider of single sign-on counts once; and what began with one knows that it did.
CREATE TABLE provider_answer (
  state_hash text PRIMARY KEY,
  at timestamptz NOT NULL
);
CREATE INDEX provider_answer_at ON provider_answer (at);
ALTER TABLE session ADD COLUMN through text;
-- An identity is linked to an account with a second factor of its own only when that was proven: it waits here until then.
ALTER TABLE sign_in_step ADD COLUMN through text;
ALTER TABLE sign_in_step ADD COLUMN issuer text;
ALTER TABLE sign_in_step ADD COLUMN subject text;
ALTER TABLE sign_in_step ADD COLUMN shown_as text;
ALTER TABLE sign_in_step ADD COLUMN link_hash text;
