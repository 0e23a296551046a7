-- Before health data is told: what a health professional said of serious harm, or that the person knows it all already
-- (Data Protection Act 2018, Schedule 3, paragraphs 5 and 6). The newest counts.
CREATE TABLE access_opinion (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES access_request (id),
  kind text NOT NULL,
  professional text NOT NULL,
  given_on date NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX access_opinion_request ON access_opinion (request_id);
