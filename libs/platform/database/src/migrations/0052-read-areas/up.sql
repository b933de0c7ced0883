-- Roles that came with the installation read the areas that they need. A role that an administrator has changed stays as it is: its `read` opens
-- what it opened before.
UPDATE role SET scopes = shipped.areas
FROM (VALUES
  ('operator', '{campaigns.make,merchants,card-groups,partners,read}'::text[],
    '{campaigns.make,merchants,card-groups,partners,read.marketing,read.transactions}'::text[]),
  ('reviewer', '{campaigns.check,read}', '{campaigns.check,read.marketing,read.transactions}'),
  ('finance-maker', '{funding.make,reconciliation,cases,finance,read}',
    '{funding.make,reconciliation,cases,finance,read.marketing,read.transactions,read.money,read.clearing}'),
  ('finance-checker', '{funding.check,cases,read}',
    '{funding.check,cases,read.marketing,read.transactions,read.money,read.clearing}'),
  ('risk', '{routing,cases,read}', '{routing,cases,read.marketing,read.transactions,read.clearing,read.routing}'),
  ('auditor', '{read}',
    '{read.marketing,read.transactions,read.money,read.clearing,read.routing,read.audit,read.people}')) shipped (code, before, areas)
WHERE role.code = shipped.code AND role.scopes = shipped.before;
