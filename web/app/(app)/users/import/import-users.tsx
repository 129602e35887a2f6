'use client';
/** Invites many people from a CSV text: checked here, sent in batches, each row with its outcome. What failed can be sent again. */
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { inviteUsers } from '../../../../../shared/contracts/users/invite-users.ts';
import { listUsers } from '../../../../../shared/contracts/users/list-users.ts';
import { patiently } from '../../../../components/data/bulk-run.ts';
import { formatCount } from '../../../../components/data/format.ts';
import { PageHeader } from '../../../../components/data/page-header.tsx';
import { Alert } from '../../../../components/ui/alert';
import { Badge } from '../../../../components/ui/badge';
import { Button } from '../../../../components/ui/button';
import { ButtonLink } from '../../../../components/ui/button-link';
import { Card, CardBody, CardFooter, CardHeader } from '../../../../components/ui/card';
import { Field } from '../../../../components/ui/field';
import { FileDrop } from '../../../../components/ui/file-drop';
import { Progress } from '../../../../components/ui/progress';
import { Table, TableFrame, TBody, TD, TH, THead, TRow } from '../../../../components/ui/table';
import { Textarea } from '../../../../components/ui/textarea';
import { api } from '../../../../lib/api.ts';
import { queryKeyOf } from '../../../../lib/operations.ts';
import { wordsFor } from '../../../../lib/problems.ts';
import { type Invitation, type InvitationRow, invitationRows } from './invitation-rows.ts';

/** As many as one call takes. */
const BATCH = 25;
const MAX_BYTES = 1_000_000;
const example = 'email,name,company\nann@example.com,Ann Archer,Archer Ltd\nbob@example.com,Bob Brown,';

type Outcome = { kind: 'invited' } | { kind: 'taken'; text: string } | { kind: 'failed'; text: string };
const taken = { 'email-taken': 'Has an account already', 'username-taken': 'The user name is taken' } as const;
const count = (n: number, of: string) => `${formatCount(n)} ${of}${n === 1 ? '' : 's'}`;

export function ImportUsers() {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string>();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  /** A batch that failed is sent again under its key: what the API did of it is not done twice. */
  const keys = useRef(new Map<string, string>());
  const { rows, problem } = useMemo(() => invitationRows(text), [text]);

  const outcomeOf = (row: InvitationRow) => outcomes.get(row.invitation?.email ?? '');
  const isOpen = (row: InvitationRow) =>
    row.invitation !== undefined && (outcomeOf(row)?.kind ?? 'failed') === 'failed';
  const open = rows.filter(isOpen).flatMap(({ invitation }) => invitation ?? []);
  const wrong = rows.filter(({ problems }) => problems.length > 0).length;
  const hasFailed = rows.some((row) => outcomeOf(row)?.kind === 'failed');
  const invited = rows.filter((row) => outcomeOf(row)?.kind === 'invited').length;

  const send = async (users: readonly Invitation[]): Promise<[string, Outcome][]> => {
    const body = { users: [...users] };
    const content = JSON.stringify(body);
    const idempotencyKey = keys.current.get(content) ?? crypto.randomUUID();
    keys.current.set(content, idempotencyKey);
    try {
      const answer = await patiently(() => api.call(inviteUsers, { body, idempotencyKey }));
      return [
        ...answer.invited.map(({ email }): [string, Outcome] => [email, { kind: 'invited' }]),
        ...answer.skipped.map(({ email, reason }): [string, Outcome] => [
          email,
          { kind: 'taken', text: taken[reason] },
        ]),
      ];
    } catch (error) {
      const { title, text: more } = wordsFor(error);
      const outcome: Outcome = { kind: 'failed', text: more ? `${title}. ${more}` : title };
      return users.map(({ email }) => [email, outcome]);
    }
  };
  const run = async () => {
    const total = open.length;
    setProgress({ done: 0, total });
    for (let from = 0; from < total; from += BATCH) {
      const results = await send(open.slice(from, from + BATCH));
      setOutcomes((before) => new Map([...before, ...results]));
      setProgress({ done: Math.min(total, from + BATCH), total });
    }
    setProgress(undefined);
    const refresh = () => void client.invalidateQueries({ queryKey: queryKeyOf(listUsers) });
    for (const ms of [0, 1_200, 3_500]) setTimeout(refresh, ms);
  };

  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Import users"
        description="Everybody in the file gets a mail with a temporary password of their own, good for seven days."
      />
      <Card>
        <CardHeader
          title="People"
          description="Columns: email and name, and if you like username, company, role, plan."
        />
        <CardBody className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Field label="CSV text" error={problem}>
            <Textarea
              rows={8}
              spellCheck={false}
              className="font-mono text-sm"
              placeholder={example}
              value={text}
              disabled={progress !== undefined}
              onChange={({ target }) => setText(target.value)}
            />
          </Field>
          <Field label="Or a file" error={refused}>
            <FileDrop
              accept=".csv,.txt,text/csv,text/plain"
              maxBytes={MAX_BYTES}
              hint="CSV, up to 1 MB"
              disabled={progress !== undefined}
              onFiles={async ([file], [bad]) => {
                setRefused(bad?.reason);
                if (file) setText(await file.text());
              }}
            />
          </Field>
        </CardBody>
        <CardFooter>
          <ButtonLink href="/users">{invited > 0 ? 'To the users' : 'Cancel'}</ButtonLink>
          <Button
            variant="primary"
            disabled={open.length === 0}
            loading={progress !== undefined}
            onClick={() => void run()}
          >
            {hasFailed ? 'Try again for' : 'Invite'}
            {open.length > 0 && ` ${formatCount(open.length)} ${open.length === 1 ? 'person' : 'people'}`}
          </Button>
        </CardFooter>
      </Card>
      {progress && <Progress label="Invitations sent" value={progress.done} max={progress.total} />}
      {!progress && invited > 0 && (
        <Alert tone="good" role="status" title={`${count(invited, 'invitation')} sent`}>
          {hasFailed ? 'Those that failed can be sent again.' : 'The mails are on their way.'}
        </Alert>
      )}
      {wrong > 0 && (
        <Alert tone="warn" role="status" title={`${count(wrong, 'row')} can not be sent`}>
          Mend them above; the others are sent without them.
        </Alert>
      )}
      {rows.length > 0 && (
        <Card>
          <CardHeader title="Rows" description={count(rows.length, 'row')} divided />
          <TableFrame label="Rows of the file" className="max-h-128">
            <Table>
              <THead>
                <tr>
                  <TH align="end">Line</TH>
                  <TH>E-mail</TH>
                  <TH>Name</TH>
                  <TH>Outcome</TH>
                </tr>
              </THead>
              <TBody>
                {rows.map((row) => (
                  <TRow key={row.line}>
                    <TD align="end" quiet>
                      {row.line}
                    </TD>
                    <TD>{row.given.email || '—'}</TD>
                    <TD>{row.given.name || '—'}</TD>
                    <TD>
                      <RowState row={row} outcome={outcomeOf(row)} />
                    </TD>
                  </TRow>
                ))}
              </TBody>
            </Table>
          </TableFrame>
        </Card>
      )}
    </div>
  );
}

function RowState({ row, outcome }: { row: InvitationRow; outcome: Outcome | undefined }) {
  if (row.problems.length > 0) return <span className="text-sm text-bad">{row.problems.join(' ')}</span>;
  if (outcome?.kind === 'invited') return <Badge tone="good">Invited</Badge>;
  if (outcome?.kind === 'taken') return <Badge tone="warn">{outcome.text}</Badge>;
  if (outcome) return <span className="text-sm text-bad">{outcome.text}</span>;
  return <span className="text-sm text-subtle">Ready</span>;
}
