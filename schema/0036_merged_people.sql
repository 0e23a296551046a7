-- Few people are merged, so an index of all of them says that whoever is not merged shares one key with everybody: SQLite then
-- read the whole register rather than use it. Of the merged alone it is small, and used.
DROP INDEX person_merged;
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
