-- The log of decisions is searched by company, partner, rule or reason: the company as it was called when the lead was decided.
create extension if not exists pg_trgm;

alter table decision add column company text;
update decision d set company = (
    select f.body ->> 'company' from fact f
    where f.tenant = d.tenant and f.kind = 'lead' and f.connection = d.lead_connection and f.id = d.lead_id
    order by f.seq desc limit 1);

create index decision_log_company on decision using gin (lower(company) gin_trgm_ops);
create index decision_log_partner on decision (tenant, partner_connection, partner_id, decided_at desc, id);
create index decision_log_reason on decision (tenant, reason, decided_at desc, id);
