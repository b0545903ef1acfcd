-- English of each contract and addendum, as it was shown. Those drafted before have none: it is made of the same values as the text, and no value is kept by itself.
alter table contract add column text_en text;
alter table account_change add column text_en text;
