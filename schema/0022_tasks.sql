-- Own tasks: typed by somebody. What rooms say is due is worked out from their facts and stands in no table.
CREATE TABLE task (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id),
  person_id uuid REFERENCES person (id),
  what text NOT NULL,
  due_on date,
  -- Working days before (negative) or after the person's next hearing; then the day moves with it.
  hearing_days bigint,
  made_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX task_project ON task (project_id);
CREATE INDEX task_person ON task (person_id);
-- What became of one: done, not needed, given to a colleague, moved with a hearing.
CREATE TABLE task_event (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES task (id),
  kind text NOT NULL,
  words text NOT NULL,
  assigned_to uuid,
  assigned_words text NOT NULL,
  due_on date,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX task_event_task ON task_event (task_id);
-- Who is away, and who looks after their tasks meanwhile.
CREATE TABLE away (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  stand_in uuid NOT NULL REFERENCES account (id),
  first_day date NOT NULL,
  last_day date NOT NULL,
  made_at timestamptz NOT NULL,
  by_words text NOT NULL,
  ended_at timestamptz
);
CREATE INDEX away_stand_in ON away (stand_in);
-- Appointments of ours: at the probation office, in court, a visit, going along.
CREATE TABLE diary_entry (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id),
  person_id uuid REFERENCES person (id),
  kind text NOT NULL,
  at timestamptz NOT NULL,
  minutes bigint NOT NULL,
  place text NOT NULL,
  words text NOT NULL,
  goes uuid NOT NULL REFERENCES account (id),
  goes_words text NOT NULL,
  made_at timestamptz NOT NULL,
  by_words text NOT NULL,
  called_off_at timestamptz,
  called_off_by text,
  called_off_why text
);
CREATE INDEX diary_entry_project ON diary_entry (project_id, at);
CREATE INDEX diary_entry_goes ON diary_entry (goes, at);
