-- Who is where: court mornings, afternoons at probation offices. Every week on a weekday, or on one day.
CREATE TABLE rota_post (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id),
  -- Nobody, on purpose: no liaison in this court on this day.
  account_id uuid REFERENCES account (id),
  half text NOT NULL,
  court_code text REFERENCES court (code),
  -- A probation office, or where else; empty for a court.
  place text NOT NULL,
  -- 1 Monday to 7 Sunday, every week from the first day; without, the first day only.
  weekday bigint,
  first_day date NOT NULL,
  made_at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX rota_post_project ON rota_post (project_id);
CREATE INDEX rota_post_account ON rota_post (account_id);
-- What changed: not there on a day, there after all, ended after a day. The latest word counts.
CREATE TABLE rota_change (
  id uuid PRIMARY KEY,
  post_id uuid NOT NULL REFERENCES rota_post (id),
  kind text NOT NULL,
  day date NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX rota_change_post ON rota_change (post_id);
