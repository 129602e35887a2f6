'use client';
/** Sends a picture: chosen or dropped, looked at as it will be, sent, and followed until it is shown or refused with the reason. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem } from '../../../../shared/client.ts';
import { me } from '../../../../shared/contracts/auth/me.ts';
import { AVATAR_MAX_BYTES, avatarRefusals, avatarTypes } from '../../../../shared/contracts/users/avatar-upload.ts';
import { getProfile } from '../../../../shared/contracts/users/get-profile.ts';
import { listUsers } from '../../../../shared/contracts/users/list-users.ts';
import { requestAvatarUpload } from '../../../../shared/contracts/users/request-avatar-upload.ts';
import { Alert } from '../../../components/ui/alert';
import { Button } from '../../../components/ui/button';
import { FileDrop, formatBytes } from '../../../components/ui/file-drop';
import { toast } from '../../../components/ui/toast';
import { api } from '../../../lib/api';
import { queryKeyOf, useOperation } from '../../../lib/operations';
import { wordsFor } from '../../../lib/problems';

type PictureType = (typeof avatarTypes)[number];
type Step =
  | { at: 'choosing'; problem?: { title: string; text: string } }
  | { at: 'looking'; file: File; preview: string }
  | { at: 'sending'; preview: string; uploadId?: string };

const notSent = { title: 'The picture could not be sent', text: 'Check your connection and try again.' };
/** Milliseconds between two questions after what became of it. */
const ASK_MS = 700;

export default function PictureUpload({ userId, onClose }: { userId: string; onClose: () => void }) {
  const client = useQueryClient();
  const [step, setStep] = useState<Step>({ at: 'choosing' });
  const uploadId = step.at === 'sending' ? step.uploadId : undefined;
  const params = { id: userId };
  const { data: profile } = useOperation(
    getProfile,
    { params },
    { refetchInterval: uploadId === undefined ? false : ASK_MS },
  );
  const outcome =
    uploadId !== undefined && profile?.avatarUpload?.id === uploadId && profile.avatarUpload.state !== 'waiting'
      ? profile.avatarUpload
      : undefined;

  const preview = step.at === 'choosing' ? undefined : step.preview;
  useEffect(() => {
    if (preview === undefined) return;
    return () => URL.revokeObjectURL(preview);
  }, [preview]);

  useEffect(() => {
    if (!outcome) return;
    if (outcome.state === 'refused') {
      setStep({ at: 'choosing', problem: { title: 'The picture was refused', text: outcome.message ?? '' } });
      return;
    }
    for (const contract of [me, getProfile, listUsers])
      void client.invalidateQueries({ queryKey: queryKeyOf(contract) });
    toast({ tone: 'good', title: 'Your picture was changed' });
    onClose();
  }, [outcome, client, onClose]);

  const send = async (file: File, shown: string) => {
    setStep({ at: 'sending', preview: shown });
    try {
      const form = await api.call(requestAvatarUpload, { params, body: { contentType: file.type as PictureType } });
      await post(form, file);
      setStep({ at: 'sending', preview: shown, uploadId: form.uploadId });
    } catch (error) {
      const problem = error instanceof ApiProblem ? wordsFor(error) : notSent;
      setStep({ at: 'choosing', problem });
    }
  };

  if (step.at === 'choosing')
    return (
      <div className="flex flex-col gap-3">
        {step.problem && (
          <Alert role="alert" tone="bad" title={step.problem.title}>
            {step.problem.text}
          </Alert>
        )}
        <FileDrop
          aria-label="Your picture"
          accept={avatarTypes.join(',')}
          maxBytes={AVATAR_MAX_BYTES}
          hint={`PNG, JPEG or WebP, up to ${formatBytes(AVATAR_MAX_BYTES)}`}
          onFiles={([file], [refused]) => {
            if (file) setStep({ at: 'looking', file, preview: URL.createObjectURL(file) });
            else if (refused)
              setStep({
                at: 'choosing',
                problem: {
                  title: `${refused.file.name} can not be taken`,
                  text: refused.file.size > AVATAR_MAX_BYTES ? refused.reason : avatarRefusals['not-a-picture'],
                },
              });
          }}
        />
        <div>
          <Button size="sm" variant="ghost" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    );

  const isSending = step.at === 'sending';
  return (
    <div className="flex flex-col items-center gap-4 rounded-lg border bg-surface p-6 sm:flex-row">
      {/* biome-ignore lint/performance/noImgElement: a picture that is on this device only */}
      <img
        src={step.preview}
        alt="How you will look"
        className="size-32 shrink-0 rounded-full border bg-pressed object-cover"
      />
      <div className="flex flex-col gap-3 max-sm:items-center max-sm:text-center">
        <p className="text-muted" role="status">
          {isSending ? 'Sending your picture and looking at it …' : 'The middle of the picture is shown, as a circle.'}
        </p>
        <div className="flex flex-wrap gap-2 max-sm:justify-center">
          <Button
            variant="primary"
            loading={isSending}
            onClick={() => step.at === 'looking' && void send(step.file, step.preview)}
          >
            Use this picture
          </Button>
          <Button variant="ghost" disabled={isSending} onClick={() => setStep({ at: 'choosing' })}>
            Choose another
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Sends the form straight to the bucket. Errors: a plain one for whatever keeps the file from arriving. */
async function post({ url, fields }: { url: string; fields: Record<string, string> }, file: File): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  const response = await fetch(url, { method: 'POST', body: form, credentials: 'omit' });
  if (!response.ok) throw new Error(`the bucket answered ${response.status}`);
}
