package dev.rainmaker.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that others wrote, as an independent judge: npm's jsforce, where the property rainmaker.jsforce names its folder. */
class JsforceTest {

    private static final String SCRIPT = """
            const { Connection } = require(process.env.JSFORCE + '/node_modules/jsforce');
            const assert = require('assert');
            (async () => {
              const conn = new Connection({ version: '60.0', oauth2: { loginUrl: process.env.URL,
                clientId: process.env.CLIENT_ID, clientSecret: process.env.CLIENT_SECRET } });
              const user = await conn.authorize({ grant_type: 'client_credentials' });
              assert.match(user.organizationId, /^00D\\w{15}$/);
              assert.equal((await conn.identity()).user_id, user.id);
              const headers = { 'Sforce-Auto-Assign': 'FALSE' };
              const made = await conn.sobject('Account').create({ Name: "O'Neil & Co", IsPartner: true });
              assert.ok(made.success);
              const leads = await conn.sobject('Lead').create(
                Array.from({ length: 450 }, (_, i) => ({ LastName: 'L' + i, Company: 'C' })), { allowRecursive: true, headers });
              assert.equal(leads.filter(r => r.success).length, 450);
              const updated = await conn.sobject('Lead').update(
                leads.slice(0, 3).map(r => ({ Id: r.id, Rainmaker_Partner__c: made.id })), { headers });
              assert.ok(updated.every(r => r.success));
              const upserted = await conn.sobject('Lead').upsert(
                { LastName: 'U', Company: 'V', Rainmaker_Decision_Id__c: 'D1' }, 'Rainmaker_Decision_Id__c', { headers });
              assert.ok(upserted.success);
              const found = await conn.sobject('Lead').find({ 'Rainmaker_Partner__r.Name': "O'Neil & Co" }, ['Id', 'Owner.Name']);
              assert.equal(found.length, 3);
              let seen = 0;
              let page = await conn.query('SELECT Id FROM Lead', { headers: { 'Sforce-Query-Options': 'batchSize=200' }, autoFetch: false });
              for (seen = page.records.length; !page.done; seen += page.records.length) {
                page = await conn.queryMore(page.nextRecordsUrl, { autoFetch: false });
              }
              assert.equal(seen, 451);
              assert.equal((await conn.sobject('Lead').retrieve(leads[0].id)).Rainmaker_Partner__c, made.id);
              assert.equal((await conn.sobject('Lead').retrieve(leads.slice(0, 2).map(r => r.id))).length, 2);
              assert.ok((await conn.sobject('Lead').describe()).fields.length > 40);
              assert.ok((await conn.describeGlobal()).sobjects.length > 8);
              assert.ok((await conn.limits()).DailyApiRequests.Max === 100000);
              await assert.rejects(conn.query('SELECT Nose FROM Lead'), e => e.errorCode === 'INVALID_FIELD');
              await assert.rejects(conn.sobject('Lead').create({ LastName: 'x' }), e => e.errorCode === 'REQUIRED_FIELD_MISSING');
              const gone = await conn.sobject('Lead').destroy(leads.slice(0, 200).map(r => r.id));
              assert.ok(gone.every(r => r.success));
              const start = new Date(Date.now() - 3600000), end = new Date(Date.now() + 3600000);
              assert.ok(Array.isArray((await conn.sobject('Lead').updated(start, end)).ids));
              assert.ok(Array.isArray((await conn.sobject('Lead').deleted(start, end)).deletedRecords));
              await conn.logout();
              console.log('ALL GOOD');
            })().catch(e => { console.error(e); process.exit(1); });
            """;

    @TempDir
    private Path folder;

    @Test
    void jsforceReadsAndWritesAsWithTheVendor() throws Exception {
        String jsforce = System.getProperty("rainmaker.jsforce", "");
        assumeTrue(
                Files.isDirectory(Path.of(jsforce, "node_modules", "jsforce")),
                "not run: -Drainmaker.jsforce=FOLDER names no folder in which npm install jsforce@3.10.16 was done");
        Path script = Files.writeString(folder.resolve("judge.js"), SCRIPT);
        try (TestOrg org = TestOrg.start(folder.resolve("state"))) {
            ProcessBuilder node = new ProcessBuilder("node", script.toString()).redirectErrorStream(true);
            node.environment()
                    .putAll(Map.of(
                            "JSFORCE", Path.of(jsforce).toAbsolutePath().toString(),
                            "URL", org.url(),
                            "CLIENT_ID", org.sandbox().clientId(),
                            "CLIENT_SECRET", org.sandbox().clientSecret()));
            Process process = node.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(said).contains("ALL GOOD");
            assertThat(process.waitFor()).isZero();
        }
    }
}
