import { mfaSetup } from '../../shared/contracts/auth/mfa-setup.ts';
import { AppError } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http, reply } from '../platform/http.ts';
import { qrCodeSvg } from './qr-code.ts';

const ISSUER = 'Mewayz';

export const handler = http(mfaSetup, {
  access: { identityClient: true },
  identity: createIdentity,
  errorImpact: 'Nobody can set up a second factor.',
  run: async ({ user, accessToken, identity }) => {
    if (accessToken === undefined) throw new AppError('UNAUTHENTICATED');
    if (user.mfaEnabled) throw new AppError('INVALID_STATE', { details: { state: 'on', allowed: ['disable'] } });
    const secret = await identity.beginMfa(accessToken);
    // https://github.com/google/google-authenticator/wiki/Key-Uri-Format
    const label = `${ISSUER}:${encodeURIComponent(user.email)}`;
    const otpauthUri = `otpauth://totp/${label}?secret=${secret}&issuer=${ISSUER}&algorithm=SHA1&digits=6&period=30`;
    const qrCode = `data:image/svg+xml;base64,${Buffer.from(qrCodeSvg(otpauthUri)).toString('base64')}`;
    return reply({ secret, otpauthUri, qrCode }, { secret: true });
  },
});
