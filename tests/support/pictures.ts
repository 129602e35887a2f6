/** Sends pictures as browsers do: by the form that the API gives, straight to the bucket. */
import { getProfile } from '../../shared/contracts/users/get-profile.ts';
import { requestAvatarUpload } from '../../shared/contracts/users/request-avatar-upload.ts';
import { dataOf } from './api.ts';
import { eventually } from './observe.ts';
import type { Person } from './people.ts';

export interface UploadForm {
  uploadId: string;
  url: string;
  fields: Record<string, string>;
}
export const formFor = async (person: Person, contentType = 'image/png'): Promise<UploadForm> =>
  dataOf(await person.api.call(requestAvatarUpload, { params: { id: person.id }, body: { contentType } }));

/** Sends the form, with fields over it. */
export async function sendForm(
  { url, fields }: Pick<UploadForm, 'url' | 'fields'>,
  file: Buffer,
  changes: Record<string, string> = {},
  name = 'me.png',
): Promise<{ status: number; text: string }> {
  const form = new FormData();
  for (const [field, value] of Object.entries({ ...fields, ...changes })) form.append(field, value);
  form.append('file', new Blob([Uint8Array.from(file)]), name);
  const response = await fetch(url, { method: 'POST', body: form });
  return { status: response.status, text: await response.text() };
}

export const profileOf = async (person: Person) =>
  dataOf(await person.api.call(getProfile, { params: { id: person.id } }));

/** What became of an upload, once it was looked at. */
export const outcomeOf = (person: Person, uploadId: string) =>
  eventually('the upload was looked at', async () => {
    const { avatarUpload } = await profileOf(person);
    return avatarUpload.id === uploadId && avatarUpload.state !== 'waiting' && avatarUpload;
  });

/** Sends a PNG and waits until it is shown or refused. */
export async function sendPicture(person: Person, png: Buffer) {
  const form = await formFor(person);
  const { status, text } = await sendForm(form, png);
  if (status !== 204) throw new Error(`the bucket answered ${status} ${text}`);
  return outcomeOf(person, form.uploadId);
}
