-- Lines that joined another one are found from it.
CREATE INDEX listing_joined ON listing (joined_into);
