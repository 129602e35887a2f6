import { invitationRows, readCsv } from './invitation-rows.ts';

it('reads quotes, line breaks within them, other separators and a byte order mark', () => {
  expect(
    readCsv('\uFEFFemail;name\r\na@x.test;"Ann ""A"" \n Archer"\r\n\r\nb@x.test; Bob ').map(({ cells }) => cells),
  ).toEqual([
    ['email', 'name'],
    ['a@x.test', 'Ann "A" \n Archer'],
    ['b@x.test', 'Bob'],
  ]);
  expect(readCsv('a,b\n"1\n2",x\ny,z').map(({ line }) => line)).toEqual([1, 2, 4]);
});
it('takes columns by their names, in any order, or in the usual order without', () => {
  const named = invitationRows('Name,E-mail\nAnn,ann@x.test');
  const plain = invitationRows('ann@x.test,Ann');
  for (const { rows } of [named, plain])
    expect(rows.map(({ invitation }) => invitation)).toEqual([
      { email: 'ann@x.test', name: 'Ann', role: 'user', plan: 'Free' },
    ]);
});
it('says beside each row what is wrong with it, and keeps the others', () => {
  const { rows } = invitationRows('email,name,role\nann@x.test,Ann,user\nnot-one,,king\nANN@x.test,Twice,user');
  expect(rows.map(({ line, problems }) => [line, problems.length])).toEqual([
    [2, 0],
    [3, 3],
    [4, 1],
  ]);
  expect(rows[2]?.problems).toEqual(['The same address as on line 2.']);
});
it('refuses a file without the columns that it needs', () => {
  expect(invitationRows('email,shoe size\na@x.test,42').problem).toContain('shoesize');
  expect(invitationRows('name\nAnn').problem).toBe('The column email is missing.');
  expect(invitationRows('').rows).toEqual([]);
});
