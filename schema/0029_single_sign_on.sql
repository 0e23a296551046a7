-- Who somebody is at the service's own sign-in (OpenID Connect). An identity gives no right: rights stay with the account.
CREATE TABLE account_identity (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  issuer text NOT NULL,
  subject text NOT NULL,
  shown_as text NOT NULL,
  linked_at timestamptz NOT NULL,
  linked_by text NOT NULL,
  unlinked_at timestamptz,
  unlinked_by text
);
CREATE UNIQUE INDEX account_identity_standing ON account_identity (issuer, subject) WHERE unlinked_at IS NULL;
CREATE INDEX account_identity_account ON account_identity (account_id);
