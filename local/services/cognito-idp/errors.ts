/** Cognito's exceptions, worded as AWS words them. */
import { AwsError } from '../../types.ts';

export const notAuthorized = (message = 'Incorrect username or password.') =>
  new AwsError('NotAuthorizedException', message);
export const userNotFound = () => new AwsError('UserNotFoundException', 'User does not exist.');
export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message);
export const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);
export const expiredCode = () =>
  new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
export const codeMismatch = (message = 'Invalid verification code provided, please try again.') =>
  new AwsError('CodeMismatchException', message);
export const limitExceeded = () =>
  new AwsError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
export const tooManyFailures = () =>
  new AwsError('TooManyFailedAttemptsException', 'Attempt limit exceeded, please try after some time.');
