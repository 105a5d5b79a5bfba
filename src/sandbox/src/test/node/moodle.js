// A Moodle developer's client against the sandbox, unmodified.
const assert = require('assert');
const moodle = require('moodle-client');

const { URL: wwwroot, USERNAME: username, PASSWORD: password, TOKEN: token } = process.env;

(async () => {
  await assert.rejects(moodle.init({ wwwroot, username, password: 'wrong' }), /authentication failed/);
  const client = await moodle.init({ wwwroot, username, password });
  const info = await client.call({ wsfunction: 'core_webservice_get_site_info' });
  assert.ok(info.functions.length > 20);
  const made = await client.call({ wsfunction: 'core_user_create_users', method: 'POST', args: {
    users: [{ username: 'ana', firstname: 'Ana', lastname: 'Rep', email: 'ana@x.example', idnumber: 'P-0' }] } });
  const [ana] = await client.call({ wsfunction: 'core_user_get_users_by_field', args: { field: 'email', values: ['ana@x.example'] } });
  assert.equal(ana.id, made[0].id);
  const [site, course] = await client.call({ wsfunction: 'core_course_get_courses' });
  assert.equal(site.format, 'site');
  const enrolled = await client.call({ wsfunction: 'enrol_manual_enrol_users', method: 'POST', args: {
    enrolments: [{ roleid: 5, userid: ana.id, courseid: course.id }] } });
  assert.equal(enrolled ?? null, null);
  const status = () => client.call({ wsfunction: 'core_completion_get_course_completion_status',
    args: { courseid: course.id, userid: ana.id } });
  assert.equal((await status()).completionstatus.completed, false);
  const { statuses } = await client.call({ wsfunction: 'core_completion_get_activities_completion_status',
    args: { courseid: course.id, userid: ana.id } });
  for (const { cmid } of statuses) {
    await client.call({ wsfunction: 'core_completion_override_activity_completion_status', method: 'POST',
      args: { userid: ana.id, cmid, newstate: 1 } });
  }
  assert.equal((await status()).completionstatus.completed, false, 'the course waits for the scheduled task');
  await fetch(`${wwwroot}/__sandbox/run-task`, { method: 'POST', body: '{}' });
  assert.equal((await status()).completionstatus.completed, true);
  const { badges } = await client.call({ wsfunction: 'core_badges_get_user_badges', args: { userid: ana.id } });
  assert.equal(badges[0].email, 'ana@x.example');
  const other = await moodle.init({ wwwroot, token: 'wrong' });
  assert.equal((await other.call({ wsfunction: 'core_course_get_courses' })).errorcode, 'invalidtoken');
  assert.equal((await client.call({ wsfunction: 'no_such_function' })).errorcode, 'invalidrecord');
  const direct = await moodle.init({ wwwroot, token });
  assert.equal((await direct.call({ wsfunction: 'core_user_get_users', args: { criteria: [{ key: 'email', value: '%x.example' }] } }))
    .users.length, 1);
  console.log('ALL GOOD');
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
