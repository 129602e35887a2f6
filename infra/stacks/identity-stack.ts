/** Who people are: the user pool, its client, a group per role, and the pool's public keys for the functions. */
import { CfnOutput, CustomResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPoolClient,
  CfnUserPoolGroup,
  ClientAttributes,
  Mfa,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
  VerificationEmailStyle,
} from 'aws-cdk-lib/aws-cognito';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { roles } from '../../shared/permissions.ts';
import { stackName } from '../names.ts';
import type { Platform } from '../platform.ts';

const ACCESS_MINUTES = 15;
const REFRESH_DAYS = 7;
/** A rotated refresh token still works for so long, for a client that lost the reply. */
const ROTATION_GRACE_SECONDS = 10;

export class IdentityStack extends Stack {
  /**
   * ARNs of functions: `keysFunction`, the custom resource that reads the pool's key set; `mailFunction`, the trigger that words its mails.
   */
  constructor(
    scope: Construct,
    platform: Platform,
    { keysFunction, mailFunction }: { keysFunction: string; mailFunction: string },
  ) {
    const { config } = platform;
    super(scope, 'Identity', {
      stackName: stackName(config.name, 'identity'),
      description: 'Mewayz: the user pool',
      env: { region: config.region },
    });
    const pool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: true,
      // The username is our own user id; whose an e-mail address is, the table says.
      signInAliases: { username: true },
      signInCaseSensitive: true,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      standardAttributes: { email: { required: false, mutable: true } },
      passwordPolicy: {
        minLength: 8,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      userVerification: {
        emailStyle: VerificationEmailStyle.CODE,
        emailSubject: 'Your Mewayz code',
        // For when the function that words the mails fails.
        emailBody: 'Your code is {####}. If you did not ask for it, you can ignore this message.',
      },
      lambdaTriggers: {
        customMessage: LambdaFunction.fromFunctionAttributes(this, 'MailFunction', {
          functionArn: mailFunction,
          sameEnvironment: true,
        }),
      },
      ...(config.mailDomain
        ? {
            email: UserPoolEmail.withSES({
              fromEmail: config.mailFrom,
              fromName: 'Mewayz',
              sesVerifiedDomain: config.mailDomain,
              ...(config.region ? { sesRegion: config.region } : {}),
            }),
          }
        : {}),
      deletionProtection: config.protectData,
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason: 'A second factor is the person’s choice, or required per role by the application.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The features of the Plus plan are not used, and it is paid for every active user.',
      },
      {
        id: 'AwsSolutions-COG3',
        reason: 'The application itself limits tries and records risk; threat protection is a paid tier.',
      },
    );
    const client = pool.addClient('Client', {
      // Only the application's functions sign people in, with rights and by the secret: at the pool itself nobody gets past our limits,
      // security events and required second factors.
      authFlows: { adminUserPassword: true },
      disableOAuth: true,
      generateSecret: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(ACCESS_MINUTES),
      idTokenValidity: Duration.minutes(ACCESS_MINUTES),
      refreshTokenValidity: Duration.days(REFRESH_DAYS),
      refreshTokenRotationGracePeriod: Duration.seconds(ROTATION_GRACE_SECONDS),
      readAttributes: new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }),
      // A list must name something, or every standard attribute could be written. This one nobody reads: with a token of its own a
      // person, or who stole the token, cannot move the address that codes are mailed to.
      writeAttributes: new ClientAttributes().withStandardAttributes({ nickname: true }),
    });
    const signUp = pool.addClient('SignUpClient', {
      // Registers and does nothing else: signing in by it is impossible, so no token may write what it may.
      authFlows: { custom: true },
      disableOAuth: true,
      generateSecret: true,
      preventUserExistenceErrors: true,
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    });
    for (const role of roles) {
      new CfnUserPoolGroup(this, `Group-${role}`, { userPoolId: pool.userPoolId, groupName: role });
    }
    // The keys of a pool do not change. They are read again when the pool is replaced.
    const keys = new CustomResource(this, 'Keys', {
      resourceType: 'Custom::UserPoolKeys',
      serviceToken: keysFunction,
      properties: { UserPoolId: pool.userPoolId },
    });
    platform.provide('userPoolId', pool.userPoolId);
    platform.provide('userPoolClientId', client.userPoolClientId);
    platform.provide('userPoolClientSecret', secretOf(client));
    platform.provide('signUpClientId', signUp.userPoolClientId);
    platform.provide('signUpClientSecret', secretOf(signUp));
    platform.provide('jwks', keys.getAttString('Jwks'));
    platform.provideArn('userPool', pool.userPoolArn);
    new CfnOutput(this, 'UserPoolId', { value: pool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: client.userPoolClientId });
  }
}

/** CDK's own way to the secret is a custom resource with rights; CloudFormation has it at hand. */
function secretOf(client: UserPoolClient): string {
  return (client.node.defaultChild as CfnUserPoolClient).attrClientSecret;
}
