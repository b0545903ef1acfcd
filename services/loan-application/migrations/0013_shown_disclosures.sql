-- Pages that the applicant acknowledged, with the texts that were in force when the offer was accepted. What was accepted before says nothing of it.
alter table offer add column shown_disclosures jsonb;
