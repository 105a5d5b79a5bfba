// HubSpot's official client against the sandbox, unmodified.
const assert = require('assert');
const { Client, Signature } = require('@hubspot/api-client');

const { URL: basePath, TOKEN: accessToken, CLIENT_ID, CLIENT_SECRET, REFRESH } = process.env;
const client = new Client({ accessToken, basePath, numberOfApiCallRetries: 0 });
const rejects = (promise, code, check = () => {}) =>
  assert.rejects(promise, (error) => {
    assert.equal(error.code, code, JSON.stringify(error.body));
    check(error.body);
    return true;
  });
const hook = (name, body) =>
  fetch(`${basePath}/__sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) });

async function records() {
  const { contacts, companies, deals } = client.crm;
  const ana = await contacts.basicApi.create({ properties: { email: 'Ana@x.example', firstname: 'Ana' }, associations: [] });
  assert.equal(ana.properties.email, 'ana@x.example');
  assert.ok(ana.createdAt instanceof Date);
  await rejects(contacts.basicApi.create({ properties: { email: 'ana@x.example' }, associations: [] }), 409,
    (body) => assert.match(body.message, new RegExp(`Existing ID: ${ana.id}`)));
  await rejects(contacts.basicApi.create({ properties: { nose: 'long' }, associations: [] }), 400,
    (body) => assert.match(body.message, /PROPERTY_DOESNT_EXIST/));
  assert.equal((await contacts.basicApi.update(ana.id, { properties: { lastname: 'Rep' } })).properties.lastname, 'Rep');
  const read = await contacts.basicApi.getById(ana.id, ['lastname', 'phone'], ['lastname']);
  assert.equal(read.properties.phone, null);
  assert.equal(read.propertiesWithHistory.lastname[0].value, 'Rep');
  const company = await companies.basicApi.create({ properties: { name: 'Acme', type: 'RESELLER' }, associations: [] });
  const deal = await deals.basicApi.create({
    properties: { dealname: 'D', dealstage: 'closedwon', amount: '10.50' },
    associations: [{ to: { id: company.id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 5 }] }],
  });
  assert.equal((await deals.basicApi.getById(deal.id, ['hs_is_closed_won'])).properties.hs_is_closed_won, 'true');
  await rejects(contacts.basicApi.getById('1'), 404);
  await contacts.basicApi.archive(ana.id);
  await rejects(contacts.basicApi.getById(ana.id), 404);
  assert.equal((await contacts.basicApi.getPage(10, undefined, undefined, undefined, undefined, true)).results.length, 1);
}

async function search() {
  const { contacts } = client.crm;
  const inputs = Array.from({ length: 100 }, (_, i) => ({ properties: { email: `s${i}@y.example`, firstname: 'S' }, associations: [] }));
  assert.equal((await contacts.batchApi.create({ inputs })).results.length, 100);
  assert.equal((await contacts.getAll(30)).length, 100);
  const find = (after, limit, extra = {}) => contacts.searchApi.doSearch({
    filterGroups: [{ filters: [{ propertyName: 'firstname', operator: 'EQ', value: 's', ...extra }] }],
    sorts: ['-hs_object_id'], properties: ['email'], limit, after });
  const first = await find('0', 60);
  assert.equal(first.total, 100);
  assert.equal(first.results[0].properties.email, 's99@y.example');
  const rest = await find(first.paging.next.after, 60);
  assert.equal(rest.results.length, 40);
  assert.equal(rest.paging, undefined);
  await rejects(find('9990', 60), 400);
  await rejects(find('0', 201), 400);
}

async function batches() {
  const { contacts } = client.crm;
  const upserted = await contacts.batchApi.upsert({ inputs: [
    { id: 's1@y.example', idProperty: 'email', properties: { lastname: 'old' } },
    { id: 'new@y.example', idProperty: 'email', properties: { lastname: 'new' } }] });
  assert.deepEqual(upserted.results.map((row) => row._new), [false, true]);
  const mixed = await contacts.batchApi.update({ inputs: [
    { id: upserted.results[0].id, properties: { phone: '1' } }, { id: '99', properties: { phone: '2' } }] });
  assert.equal(mixed.numErrors, 1);
  assert.deepEqual(mixed.errors[0].context.ids, ['99']);
  assert.equal(mixed.results[0].properties.phone, '1');
  const read = await contacts.batchApi.read({ inputs: [{ id: 'new@y.example' }, { id: 'no@y.example' }], idProperty: 'email',
    properties: ['lastname'], propertiesWithHistory: [] });
  assert.equal(read.results[0].properties.lastname, 'new');
  assert.equal(read.numErrors, 1);
  await rejects(contacts.batchApi.update({ inputs: Array.from({ length: 101 }, (_, i) => ({ id: `${i}`, properties: {} })) }), 400);
  await contacts.batchApi.archive({ inputs: [{ id: upserted.results[1].id }] });
}

async function associations() {
  const { contacts, companies, associations: links } = client.crm;
  const company = await companies.basicApi.create({ properties: { name: 'Linked' }, associations: [] });
  const contact = await contacts.basicApi.create({ properties: { email: 'l@z.example' }, associations: [] });
  await links.v4.basicApi.createDefault('contacts', contact.id, 'companies', company.id);
  const page = await links.v4.basicApi.getPage('contacts', contact.id, 'companies');
  assert.deepEqual(page.results[0].associationTypes.map((type) => type.typeId).sort(), [1, 279]);
  const batch = await links.v4.batchApi.getPage('companies', 'contacts', { inputs: [{ id: company.id }] });
  assert.equal(`${batch.results[0].to[0].toObjectId}`, contact.id);
  assert.equal((await contacts.basicApi.getById(contact.id, ['associatedcompanyid'])).properties.associatedcompanyid, company.id);
  await links.v4.basicApi.archive('contacts', contact.id, 'companies', company.id);
  assert.equal((await links.v4.basicApi.getPage('contacts', contact.id, 'companies')).results.length, 0);
}

async function definitions() {
  const { coreApi } = client.crm.properties;
  const property = { name: 'rainmaker_test', label: 'T', type: 'number', fieldType: 'number', groupName: 'contactinformation' };
  assert.equal((await coreApi.create('contacts', property)).name, 'rainmaker_test');
  await rejects(coreApi.create('contacts', property), 409, (body) => {
    assert.equal(body.category, 'OBJECT_ALREADY_EXISTS');
    assert.equal(body.subCategory, 'Properties.PROPERTY_WITH_NAME_EXISTS');
  });
  await coreApi.archive('contacts', 'rainmaker_test');
  await rejects(coreApi.getByName('contacts', 'rainmaker_test'), 404);
  await coreApi.create('contacts', property);
  assert.ok((await client.crm.pipelines.pipelinesApi.getAll('deals')).results[0].stages.length > 5);
  assert.ok(Array.isArray((await client.crm.owners.ownersApi.getPage()).results));
}

async function limits() {
  const patient = new Client({ accessToken, basePath, numberOfApiCallRetries: 2 });
  await hook('profile', { 'search-per-second': 1 });
  const began = Date.now();
  for (let i = 0; i < 2; i++) {
    await patient.crm.contacts.searchApi.doSearch({ limit: 1 });
  }
  assert.ok(Date.now() - began >= 900, 'the client waited for its second');
  await hook('profile', { 'search-per-second': 5, 'burst-limit': 1, 'burst-window': 'PT2S' });
  await rejects((async () => {
    for (;;) {
      await client.crm.contacts.basicApi.getPage(1);
    }
  })(), 429, (body) => assert.equal(body.policyName, 'TEN_SECONDLY_ROLLING'));
  await hook('profile', { 'burst-limit': 190, 'burst-window': 'PT10S' });
}

async function oauth() {
  const token = await client.oauth.tokensApi.create('refresh_token', undefined, undefined, CLIENT_ID, CLIENT_SECRET, REFRESH);
  assert.equal(token.expiresIn, 1800);
  const app = new Client({ accessToken: token.accessToken, basePath, numberOfApiCallRetries: 0 });
  assert.ok((await app.crm.contacts.basicApi.getPage(1)).results);
  await hook('expire-tokens', {});
  await rejects(app.crm.contacts.basicApi.getPage(1), 401, (body) => assert.equal(body.category, 'EXPIRED_AUTHENTICATION'));
}

/** A webhook of the sandbox passes the client's own check of version 3. */
async function webhooks() {
  const received = new Promise((resolve) => {
    const server = require('http').createServer((request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        response.end();
        server.close();
        resolve({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8'), url: server.target });
      });
    });
    server.listen(0, '127.0.0.1', async () => {
      server.target = `http://127.0.0.1:${server.address().port}/hook`;
      const api = `${basePath}/webhooks/v3/${process.env.APP_ID}`;
      const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' };
      await fetch(`${api}/settings`, { method: 'PUT', headers,
        body: JSON.stringify({ targetUrl: server.target, throttling: { maxConcurrentRequests: 10 } }) });
      await fetch(`${api}/subscriptions`, { method: 'POST', headers,
        body: JSON.stringify({ eventType: 'contact.creation', active: true }) });
      await client.crm.contacts.basicApi.create({ properties: { email: 'hook@w.example', firstname: 'Zoë' }, associations: [] });
    });
  });
  const { headers, body, url } = await received;
  const signed = { signature: headers['x-hubspot-signature-v3'], signatureVersion: 'v3', method: 'POST', clientSecret: CLIENT_SECRET,
    requestBody: body, url, timestamp: Number(headers['x-hubspot-request-timestamp']) };
  assert.ok(Signature.isValid(signed));
  assert.ok(!Signature.isValid({ ...signed, requestBody: `${body} ` }));
  assert.equal(JSON.parse(body)[0].subscriptionType, 'contact.creation');
}

(async () => {
  for (const part of [records, search, batches, associations, definitions, oauth, webhooks, limits]) {
    await part();
  }
  console.log('ALL GOOD');
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
