/** The mails by which the user pool sends codes, each with its own purpose, time limit and way back to the page that takes the code. */
import { renderMail } from '../platform/mail.ts';
import { customMessage } from '../platform/trigger.ts';
import { codeMail } from './mails/code.generated.ts';

interface Purpose {
  title: string;
  text: string;
  /** Fixed by Amazon Cognito: https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
  validFor: string;
  button: string;
  page: string;
}
const address: Purpose = {
  title: 'Confirm your e-mail address',
  text: 'This code shows that the address is yours:',
  validFor: '24 hours',
  button: 'Enter the code',
  page: '/confirm',
};
const password: Purpose = {
  title: 'Set a new password',
  text: 'Somebody asked for a new password for your Mewayz account. With this code you can set one:',
  validFor: 'one hour',
  button: 'Set a new password',
  page: '/reset-password',
};
const purposes: Readonly<Record<string, Purpose>> = { SignUp: address, ResendCode: address, ForgotPassword: password };

export const handler = customMessage({
  id: 'identity.mail-code',
  access: {},
  errorImpact: 'Codes are mailed in the plain words of the user pool.',
  message({ about, email, code, metadata }) {
    const purpose = purposes[about];
    const { publicUrl } = metadata;
    // The address of the pages comes from our functions: anything that people can start at the pool by themselves is not of these purposes.
    if (!purpose || email === undefined || publicUrl === undefined) return undefined;
    const url = `${publicUrl}${purpose.page}?email=${encodeURIComponent(email)}`;
    return renderMail(codeMail, { ...purpose, code, url });
  },
});
