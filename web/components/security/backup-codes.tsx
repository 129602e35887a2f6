'use client';

import { Copy, Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { saveFile } from '../../lib/save-file.ts';
import { useSession } from '../../lib/session';
import { formatDay } from '../data/format.ts';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';

/** The ten codes, which the API gives once and never again: to copy, to save, to print. */
export function BackupCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { email } = useSession();
  const [said, setSaid] = useState('');
  const text = [
    `Mewayz backup codes of ${email}`,
    `Made on ${formatDay(new Date().toISOString())}. Each works once, in place of a code of the app.`,
    '',
    ...codes,
    '',
  ].join('\n');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('The codes are copied.');
    } catch {
      setSaid('The browser does not allow copying: save or print them.');
    }
  };
  return (
    <div className="flex flex-col gap-4">
      <Alert tone="warn" title="Keep these codes now: they are never shown again">
        Each of them lets you in once when your app is not at hand. Keep them where you do not keep your password.
      </Alert>
      <div data-print className="rounded-lg border bg-canvas px-4 py-3.5">
        <p className="hidden font-medium print:mb-3 print:block">Mewayz backup codes of {email}: each works once</p>
        <ul
          aria-label="Backup codes"
          className="grid grid-cols-1 gap-x-8 gap-y-1.5 font-mono text-lg min-[22rem]:grid-cols-2"
        >
          {codes.map((code) => (
            <li key={code} className="numeric">
              {code}
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={<Copy aria-hidden />} onClick={copy}>
          Copy
        </Button>
        <Button
          icon={<Download aria-hidden />}
          onClick={() => saveFile('mewayz-backup-codes.txt', new Blob([text], { type: 'text/plain;charset=utf-8' }))}
        >
          Download
        </Button>
        <Button icon={<Printer aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
        <p role="status" className="text-sm text-muted">
          {said}
        </p>
      </div>
      <div>
        <Button variant="primary" onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}
