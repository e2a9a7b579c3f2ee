-- Why: a mail goes out once per id even when its sender retries after a crash, and the demo town
-- needs a mailbox to read; addresses are kept as fingerprints, contents as ciphertext.
create table sent (
  id uuid primary key,
  claimed_at timestamptz not null,
  confirmed_at timestamptz
);

create table demo_mail (
  id uuid primary key,
  address bytea not null check (octet_length(address) = 32),
  content bytea not null,
  sent_at timestamptz not null
);

create index demo_mail_address on demo_mail (address, sent_at desc, id desc);
