'use client';
/** What is held about oneself: to take along, and to have erased. */
import { Download, UserRoundX } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { getPersonalData } from '../../../../../shared/contracts/users/get-personal-data.ts';
import { usePageName } from '../../../../components/shell/crumbs';
import { Alert } from '../../../../components/ui/alert';
import { Button } from '../../../../components/ui/button';
import { Card, CardBody, CardHeader } from '../../../../components/ui/card';
import { api } from '../../../../lib/api';
import { type Words, wordsFor } from '../../../../lib/problems';
import { useSession } from '../../../../lib/session';

const EraseDialog = lazy(() => import('./erase-dialog'));

export function MyData() {
  const user = useSession();
  const [isWriting, setWriting] = useState(false);
  const [problem, setProblem] = useState<Words>();
  const [isLeaving, setLeaving] = useState(false);
  usePageName('My data');

  const download = async () => {
    setWriting(true);
    setProblem(undefined);
    try {
      const data = await api.call(getPersonalData, { params: { id: user.id } });
      save(JSON.stringify(data, null, 2), `mewayz-personal-data-${data.writtenAt.slice(0, 10)}.json`);
    } catch (error) {
      setProblem(wordsFor(error));
    } finally {
      setWriting(false);
    }
  };
  return (
    <>
      <Card aria-labelledby="download">
        <CardHeader
          titleId="download"
          title="Download your data"
          description="Everything that is held about you, in one JSON file."
          divided
        />
        <CardBody className="flex flex-col gap-4">
          {problem && (
            <Alert role="alert" tone="bad" title={problem.title}>
              {problem.text}
            </Alert>
          )}
          <p className="text-pretty text-muted">
            Your account and profile, preferences and consents, the sessions that are open, what happened to your
            account, and your orders with their lines.
          </p>
          <div>
            <Button icon={<Download aria-hidden />} loading={isWriting} onClick={() => void download()}>
              Download my data
            </Button>
          </div>
        </CardBody>
      </Card>
      <Card aria-labelledby="erase">
        <CardHeader
          titleId="erase"
          title="Delete your account"
          description="For good. Nobody can bring it back, us included."
          divided
        />
        <CardBody className="flex flex-col gap-4">
          <ul className="list-disc space-y-1 ps-5 text-muted">
            <li>Your name, address, picture and profile are erased, and you are signed out everywhere.</li>
            <li>Your orders stay in the books with their amounts, without your name, address and notes.</li>
            <li>Your e-mail address and user name are free for anybody again.</li>
          </ul>
          <div>
            <Button variant="danger" icon={<UserRoundX aria-hidden />} onClick={() => setLeaving(true)}>
              Delete my account
            </Button>
          </div>
        </CardBody>
      </Card>
      {isLeaving && (
        <Suspense fallback={null}>
          <EraseDialog user={user} onClose={() => setLeaving(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Gives a text to the browser as a file to keep. */
function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
