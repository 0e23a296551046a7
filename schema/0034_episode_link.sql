-- Which decision on a line of a court list opened an episode: taken back with it, so that a project which a mistake brought to
-- somebody's record does not keep it.
ALTER TABLE episode ADD COLUMN link_decision uuid;
CREATE INDEX episode_link_decision ON episode (link_decision);
