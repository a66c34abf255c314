import { expect, it } from 'vitest';
import { openAccounts } from '../../src/accounts/open-accounts.ts';
import { openRecords } from '../../src/records/records.ts';
import { runCommand } from '../fixtures/running-station.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

const PUBLIC_URL = 'https://radio.example';

it('makes an account whose link works, lists it, makes another link, and closes it', async () => {
  const DATA_DIR = await temporaryFolder();
  const user = (...args: string[]) => runCommand(['user', ...args], { DATA_DIR, PUBLIC_URL });

  const added = await user(
    ...['add', 'Anna@radio.example', '--name', 'Anna B.', '--show', 'uno', '--show', 'due', '--may-publish'],
  );
  expect(added).toMatchObject({ code: 0, err: '' });
  const [said, address = ''] = added.out.trim().split('\n');
  expect(said).toContain('Anna B. (anna@radio.example)');
  const token = /^https:\/\/radio\.example\/studio\/welcome\?token=([\w-]{43})$/.exec(address)?.[1] ?? '';

  const records = await openRecords(DATA_DIR);
  const accounts = openAccounts({ records, publicUrl: PUBLIC_URL });
  expect(await accounts.purposeOf(token)).toMatchObject({
    kind: 'invitation',
    account: { role: 'contributor', shows: ['due', 'uno'], mayPublish: true, language: 'en' },
  });

  const reset = await user('reset', 'anna@radio.example');
  expect(reset).toMatchObject({ code: 0, err: '' });
  const renewed = reset.out.trim().split('token=')[1] ?? '';
  expect(await accounts.purposeOf(token)).toBeUndefined();
  await accounts.redeem(renewed, { password: 'tre caffè e una sigla' });

  expect(await user('disable', 'anna@radio.example')).toMatchObject({ code: 0, err: '' });
  const list = await runCommand(['user', 'list'], { DATA_DIR, LC_ALL: 'it_IT.UTF-8' });
  expect(list.out.split('\n').map((line) => line.split(/\s{2,}/))).toEqual([
    ['e-mail', 'nome', 'ruolo', 'trasmissioni', 'pubblica', 'stato'],
    ['anna@radio.example', 'Anna B.', 'contributor', 'due, uno', 'sì', 'chiuso'],
    [''],
  ]);
  records.close();
});

it('says in one sentence what it cannot do, in the terminal’s language', async () => {
  const DATA_DIR = await temporaryFolder();
  const records = await openRecords(DATA_DIR);
  const accounts = openAccounts({ records, publicUrl: PUBLIC_URL });
  const admin = await accounts.redeem(await accounts.firstLink(), {
    password: 'tre caffè e una sigla',
    name: 'Bea',
    email: 'bea@radio.example',
  });
  records.close();
  const user = (...args: string[]) => runCommand(['user', ...args], { DATA_DIR });
  const [last, twice, unknown, role, nothing] = await Promise.all([
    runCommand(['user', 'disable', admin.email], { DATA_DIR, LC_ALL: 'it_IT.UTF-8' }),
    user('add', admin.email),
    user('reset', 'nobody@radio.example'),
    user('add', 'c@radio.example', '--role', 'boss'),
    user('add'),
  ]);
  expect(last.err).toContain('È l’ultimo account che amministra');
  expect(twice.err).toContain('There is an account for bea@radio.example already');
  expect(unknown.err).toContain('There is no account for nobody@radio.example');
  expect(role.err).toContain('There is no role "boss"');
  expect(nothing.err).toContain('Usage: riascolta user');
  for (const { code, out, err } of [last, twice, unknown, role, nothing]) {
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n')).toHaveLength(1);
  }
});
