/**
 * SES, API version 2 (REST-JSON); mails go to the mailbox instead of the internet.
 *
 * Operations: SendEmail (Simple, Raw, Template), SendBulkEmail; Create, Get, Delete, ListEmailIdentities; Create, Get, Update,
 * Delete, ListEmailTemplates; GetConfigurationSet; GetAccount. Resource types: AWS::SES::EmailIdentity, Template,
 * ConfigurationSet, ConfigurationSetEventDestination (EventBridge and SNS get Send and Delivery, also those of mails that were taken right
 * before the platform ended).
 *
 * Differs from AWS: an identity is verified as soon as it is created (there is no DNS and no link to click); every mail is
 * delivered (no bounces, complaints, suppression, sandbox or sending limits); a template without its data is refused at
 * once instead of failing later; blocks in templates are refused; the older query API is not spoken.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  AwsError,
  type AwsRequest,
  type Cloud,
  type Json,
  type JsonObject,
  type RequiredRight,
  type Service,
} from '../types.ts';
import { inputOf, jsonResponse, unknownOperation } from './json-protocol.ts';
import { type MailEvent, type OutgoingMail, openMailbox } from './mailbox.ts';
import { addressesOf, parseMail, plainAddress } from './ses/mime.ts';
import { checkTemplate, renderTemplate, type TemplateContent } from './ses/template.ts';

type Kind = 'identity' | 'template' | 'configuration-set';
interface Destination {
  ToAddresses?: string[];
  CcAddresses?: string[];
  BccAddresses?: string[];
}
interface TemplateChoice {
  TemplateName?: string;
  TemplateArn?: string;
  TemplateContent?: TemplateContent;
  TemplateData?: string;
}
interface SendRequest {
  FromEmailAddress?: string;
  FromEmailAddressIdentityArn?: string;
  Destination?: Destination;
  ReplyToAddresses?: string[];
  ConfigurationSetName?: string;
  EmailTags?: { Name: string; Value: string }[];
  Content?: {
    Simple?: {
      Subject?: { Data?: string };
      Body?: { Text?: { Data?: string }; Html?: { Data?: string } };
      Headers?: { Name: string; Value: string }[];
    };
    Raw?: { Data?: string };
    Template?: TemplateChoice & { Headers?: { Name: string; Value: string }[] };
  };
}
interface BulkRequest extends Omit<SendRequest, 'Content' | 'Destination'> {
  DefaultContent?: { Template?: TemplateChoice };
  BulkEmailEntries?: {
    Destination?: Destination;
    ReplacementEmailContent?: { ReplacementTemplate?: { ReplacementTemplateData?: string } };
  }[];
}
interface EventDestination {
  Enabled?: boolean | string;
  MatchingEventTypes?: string[];
  EventBridgeDestination?: { EventBusArn: string };
  SnsDestination?: { TopicARN: string };
}
/** Where a request leads: the operation, and the name in its path. */
interface Route {
  operation: string;
  name?: string;
}

const maximumRecipients = 50;

export function createSes(cloud: Cloud): Service {
  mkdirSync(cloud.stateDir, { recursive: true });
  const mailbox = openMailbox(join(cloud.stateDir, 'mailbox.db'));
  const store = openThings(join(cloud.stateDir, 'ses.db'));
  const eventDestinations = new Map<string, EventDestination[]>();
  const arnOf = (kind: Kind, name: string): string => `arn:aws:ses:${cloud.region}:${cloud.accountId}:${kind}/${name}`;

  cloud.provide('deliverMail', async (mail) => {
    mailbox.add(mail);
  });

  /** The identity that speaks for an address: the address itself or its domain or a parent of that; undefined when none does. */
  const identityFor = (address: string): string | undefined => {
    const domain = address.split('@')[1] ?? '';
    const labels = domain.split('.');
    const candidates = [address, ...labels.map((_, index) => labels.slice(index).join('.'))];
    return candidates.find((name) => store.get('identity', name) !== undefined);
  };
  const rawOf = (request: SendRequest) => {
    const data = request.Content?.Raw?.Data;
    return data === undefined ? undefined : parseMail(Buffer.from(data, 'base64'));
  };
  const senderOf = (request: SendRequest): string => request.FromEmailAddress ?? rawOf(request)?.headers.from ?? '';
  const templateOf = (choice: TemplateChoice): TemplateContent => {
    if (choice.TemplateContent) {
      checkTemplate(choice.TemplateContent);
      return choice.TemplateContent;
    }
    const name = choice.TemplateName ?? choice.TemplateArn?.split('/').pop() ?? '';
    const template = store.get('template', name);
    if (!template) throw new AwsError('NotFoundException', `Template ${name} does not exist.`, 404);
    return template as TemplateContent;
  };
  const dataOf = (text: string | undefined): JsonObject => {
    try {
      return JSON.parse(text ?? '{}');
    } catch {
      throw new AwsError('BadRequestException', 'Invalid JSON in the template data.');
    }
  };

  /** The one that a request names, or that of its sender. */
  const configurationSetOf = (request: SendRequest): string | undefined => {
    if (request.ConfigurationSetName) return request.ConfigurationSetName;
    const identity = identityFor(plainAddress(senderOf(request)));
    const byDefault = identity && store.get('identity', identity)?.ConfigurationSetName;
    return typeof byDefault === 'string' ? byDefault : undefined;
  };

  const deliver = async (request: SendRequest, mail: OutgoingMail): Promise<string> => {
    const recipients = [...mail.to, ...(mail.cc ?? []), ...(mail.bcc ?? [])];
    if (recipients.length === 0 || recipients.length > maximumRecipients) {
      throw new AwsError(
        'BadRequestException',
        `A message has 1 to ${maximumRecipients} recipients, not ${recipients.length}.`,
      );
    }
    const malformed = [mail.from, ...recipients].find((address) => !/^[^@\s]+@[^@\s]+$/.test(plainAddress(address)));
    if (malformed !== undefined) throw new AwsError('BadRequestException', `Illegal address: ${malformed}`);
    const from = plainAddress(mail.from);
    if (!identityFor(from)) {
      throw new AwsError(
        'MessageRejected',
        `Email address is not verified. The following identities failed the check in region ${cloud.region.toUpperCase()}: ${from}`,
      );
    }
    const set = configurationSetOf(request);
    if (set !== undefined && !store.get('configuration-set', set)) {
      throw new AwsError('NotFoundException', `Configuration set <${set}> does not exist.`, 404);
    }
    const tags = {
      ...Object.fromEntries((request.EmailTags ?? []).map(({ Name, Value }) => [Name, [Value]])),
      ...(set && { 'ses:configuration-set': [set] }),
      'ses:from-domain': [from.split('@')[1] ?? ''],
    };
    const id = mailbox.add({ ...mail, ...(set && { configurationSet: set }) }, (messageId, timestamp) =>
      eventsOf(set ?? '', {
        ...{ timestamp, messageId, source: mail.from, destination: recipients },
        commonHeaders: { from: [mail.from], to: mail.to, subject: mail.subject },
        tags,
      }),
    );
    await publishEvents();
    return id;
  };

  /** What the destinations of a configuration set are to hear of a mail that was taken. */
  const eventsOf = (set: string, mail: JsonObject): MailEvent[] =>
    (eventDestinations.get(set) ?? []).flatMap(({ MatchingEventTypes, EventBridgeDestination, SnsDestination }) => {
      const targets = [EventBridgeDestination?.EventBusArn, SnsDestination?.TopicARN].filter(
        (arn) => arn !== undefined,
      );
      return Object.entries({ Send: 'Email Sent', Delivery: 'Email Delivered' })
        .filter(([eventType]) => MatchingEventTypes?.includes(eventType.toUpperCase()))
        .flatMap(([eventType, detailType]) =>
          targets.map((target) => ({ target, detailType, detail: { eventType, mail, [eventType.toLowerCase()]: {} } })),
        );
    });

  let published = Promise.resolve();
  /** One after another: what one is telling, no other may tell. */
  const publishEvents = (): Promise<void> => {
    published = published.then(publishUntold);
    return published;
  };
  const publishUntold = async (): Promise<void> => {
    const caller = { kind: 'service', principal: 'ses.amazonaws.com', sourceAccount: cloud.accountId } as const;
    for (const { number, target, detailType, detail } of mailbox.untold()) {
      const event = { source: 'aws.ses', 'detail-type': detailType, detail, resources: [] };
      try {
        if (target.split(':')[2] === 'sns') await cloud.publish(target, JSON.stringify(detail), { caller });
        else await cloud.putEvent(target, event, caller);
      } catch (error) {
        cloud.log('error', `SES: ${detailType} was not published to ${target}: ${String(error)}`);
      }
      mailbox.told(number);
    }
  };

  const headersOf = (headers: { Name: string; Value: string }[] | undefined) =>
    Object.fromEntries((headers ?? []).map(({ Name, Value }) => [Name, Value]));

  const sendEmail = async (request: SendRequest): Promise<JsonObject> => {
    const { Simple, Template } = request.Content ?? {};
    const raw = rawOf(request);
    const envelope = {
      from: senderOf(request),
      to: request.Destination?.ToAddresses ?? addressesOf(raw?.headers.to),
      cc: request.Destination?.CcAddresses ?? addressesOf(raw?.headers.cc),
      bcc: request.Destination?.BccAddresses ?? addressesOf(raw?.headers.bcc),
      replyTo: request.ReplyToAddresses ?? addressesOf(raw?.headers['reply-to']),
    };
    let content: Pick<OutgoingMail, 'subject' | 'text' | 'html' | 'headers' | 'attachments'>;
    if (raw) {
      const { headers, text, html, attachments } = raw;
      content = { subject: headers.subject ?? '', text, html, headers, attachments };
    } else if (Template) {
      content = {
        ...renderTemplate(templateOf(Template), dataOf(Template.TemplateData)),
        headers: headersOf(Template.Headers),
      };
    } else if (Simple?.Subject?.Data !== undefined && (Simple.Body?.Text || Simple.Body?.Html)) {
      content = {
        subject: Simple.Subject.Data,
        text: Simple.Body.Text?.Data ?? '',
        html: Simple.Body.Html?.Data ?? '',
        headers: headersOf(Simple.Headers),
      };
    } else {
      throw new AwsError('BadRequestException', 'The content needs a subject and a body, a raw message or a template.');
    }
    return { MessageId: await deliver(request, { ...envelope, ...content }) };
  };

  const sendBulk = async (request: BulkRequest): Promise<JsonObject> => {
    const choice = request.DefaultContent?.Template ?? {};
    const template = templateOf(choice);
    const results: JsonObject[] = [];
    for (const entry of request.BulkEmailEntries ?? []) {
      const own = entry.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData;
      try {
        const rendered = renderTemplate(template, { ...dataOf(choice.TemplateData), ...dataOf(own) });
        const MessageId = await deliver(request, {
          from: request.FromEmailAddress ?? '',
          to: entry.Destination?.ToAddresses ?? [],
          cc: entry.Destination?.CcAddresses ?? [],
          bcc: entry.Destination?.BccAddresses ?? [],
          replyTo: request.ReplyToAddresses ?? [],
          ...rendered,
        });
        results.push({ Status: 'SUCCESS', MessageId });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const Status = error.code === 'MessageRejected' ? 'MESSAGE_REJECTED' : 'FAILED';
        results.push({ Status, Error: error.message });
      }
    }
    return { BulkEmailEntryResults: results };
  };

  const existing = (kind: Kind, name: string): JsonObject => {
    const thing = store.get(kind, name);
    if (!thing) throw new AwsError('NotFoundException', `The ${kind} ${name} does not exist.`, 404);
    return thing;
  };
  const create = (kind: Kind, name: string, thing: JsonObject): void => {
    if (store.get(kind, name)) throw new AwsError('AlreadyExistsException', `The ${kind} ${name} already exists.`);
    store.set(kind, name, thing);
  };
  const saveTemplate = (content: JsonObject): JsonObject => {
    checkTemplate(content as TemplateContent);
    return content;
  };
  const identity = (name: string): JsonObject => ({
    ...store.get('identity', name),
    IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
    VerifiedForSendingStatus: true,
    VerificationStatus: 'SUCCESS',
    DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS', Tokens: [] },
  });

  const operations: Record<string, (input: JsonObject, name: string) => JsonObject | Promise<JsonObject>> = {
    SendEmail: (input) => sendEmail(input as SendRequest),
    SendBulkEmail: (input) => sendBulk(input as BulkRequest),
    GetAccount: () => ({
      ...{ ProductionAccessEnabled: true, SendingEnabled: true, EnforcementStatus: 'HEALTHY' },
      SendQuota: { Max24HourSend: -1, MaxSendRate: -1, SentLast24Hours: 0 },
    }),
    CreateEmailIdentity: (input) => {
      const name = String(input.EmailIdentity ?? '').toLowerCase();
      create('identity', name, withSet(input.ConfigurationSetName));
      return identity(name);
    },
    GetEmailIdentity: (_input, name) => {
      existing('identity', name);
      return identity(name);
    },
    ListEmailIdentities: () => ({
      EmailIdentities: store.names('identity').map((name) => ({
        ...{ IdentityName: name, IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN' },
        ...{ SendingEnabled: true, VerificationStatus: 'SUCCESS' },
      })),
    }),
    CreateEmailTemplate: (input) => {
      create('template', String(input.TemplateName ?? ''), saveTemplate(input.TemplateContent as JsonObject));
      return {};
    },
    GetEmailTemplate: (_input, name) => ({ TemplateName: name, TemplateContent: existing('template', name) }),
    UpdateEmailTemplate: (input, name) => {
      existing('template', name);
      store.set('template', name, saveTemplate(input.TemplateContent as JsonObject));
      return {};
    },
    ListEmailTemplates: () => ({
      TemplatesMetadata: store.names('template').map((TemplateName) => ({ TemplateName })),
    }),
    GetConfigurationSet: (_input, name) => {
      existing('configuration-set', name);
      return { ConfigurationSetName: name };
    },
    DeleteEmailIdentity: (_input, name) => {
      existing('identity', name);
      store.delete('identity', name);
      return {};
    },
    DeleteEmailTemplate: (_input, name) => {
      existing('template', name);
      store.delete('template', name);
      return {};
    },
  };

  const sendingRights = (request: SendRequest, action: string, templates: TemplateChoice[]): RequiredRight[] => {
    const sender = senderOf(request);
    const from = plainAddress(sender);
    const displayName = /^\s*"?([^"<]*?)"?\s*</.exec(sender)?.[1];
    const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = request.Destination ?? {};
    const context: Record<string, string | string[]> = {
      'ses:FromAddress': from,
      'ses:Recipients': [...ToAddresses, ...CcAddresses, ...BccAddresses].map(plainAddress),
      'ses:ApiVersion': '2',
      ...(displayName && { 'ses:FromDisplayName': displayName }),
    };
    // Without an identity AWS checks the address's own ARN, so a missing right comes before MessageRejected.
    const resource = request.FromEmailAddressIdentityArn ?? arnOf('identity', identityFor(from) ?? from);
    const resources = [resource];
    const set = configurationSetOf(request);
    if (set) resources.push(arnOf('configuration-set', set));
    for (const { TemplateName, TemplateArn } of templates) {
      if (TemplateArn) resources.push(TemplateArn);
      else if (TemplateName) resources.push(arnOf('template', TemplateName));
    }
    return resources.map((one) => ({ action, resource: one, context }));
  };

  const rights = (request: AwsRequest): RequiredRight[] => {
    const { operation, name = '' } = routeOf(request);
    if (operation === 'SendEmail') {
      const input = inputOf(request) as SendRequest;
      const { Raw, Template } = input.Content ?? {};
      if (Template) return sendingRights(input, 'ses:SendTemplatedEmail', [Template]);
      return sendingRights(input, Raw ? 'ses:SendRawEmail' : 'ses:SendEmail', []);
    }
    if (operation === 'SendBulkEmail') {
      const input = inputOf(request) as BulkRequest;
      return sendingRights({ ...input, Destination: {} }, 'ses:SendBulkTemplatedEmail', [
        input.DefaultContent?.Template ?? {},
      ]);
    }
    const action = `ses:${operation}`;
    const input = request.method === 'POST' ? inputOf(request) : {};
    if (operation === 'CreateEmailIdentity') {
      return [{ action, resource: arnOf('identity', String(input.EmailIdentity ?? '')) }];
    }
    if (operation.endsWith('EmailIdentity')) return [{ action, resource: arnOf('identity', name) }];
    if (operation.endsWith('EmailTemplate')) {
      return [{ action, resource: arnOf('template', name || String(input.TemplateName ?? '')) }];
    }
    if (operation === 'GetConfigurationSet') return [{ action, resource: arnOf('configuration-set', name) }];
    return [{ action, resource: '*' }];
  };

  return {
    names: ['ses'],
    resources: {
      'AWS::SES::EmailIdentity': ({ properties }) => {
        const name = String(properties.EmailIdentity ?? '').toLowerCase();
        const { ConfigurationSetName } = (properties.ConfigurationSetAttributes ?? {}) as JsonObject;
        store.set('identity', name, withSet(ConfigurationSetName));
        const tokens = [1, 2, 3].map((index) => [`DkimDNSTokenName${index}`, `local${index}._domainkey.${name}`]);
        const values = [1, 2, 3].map((index) => [`DkimDNSTokenValue${index}`, `local${index}.dkim.amazonses.com`]);
        return {
          ref: name,
          attributes: { EmailIdentityArn: arnOf('identity', name), ...Object.fromEntries([...tokens, ...values]) },
        };
      },
      'AWS::SES::ConfigurationSet': ({ stack, logicalId, properties }) => {
        const name = typeof properties.Name === 'string' ? properties.Name : `${stack}-${logicalId}`;
        store.set('configuration-set', name, {});
        eventDestinations.set(name, []);
        return { ref: name, attributes: { Arn: arnOf('configuration-set', name) } };
      },
      'AWS::SES::ConfigurationSetEventDestination': ({ stack, logicalId, properties }) => {
        const name = String(properties.ConfigurationSetName ?? '');
        existing('configuration-set', name);
        const destination = properties.EventDestination as unknown as EventDestination;
        const { EventBridgeDestination, SnsDestination } = destination;
        if (!EventBridgeDestination && !SnsDestination && !('CloudWatchDestination' in destination)) {
          throw new Error(`${stack}/${logicalId}: the local SES sends events to EventBridge and SNS only.`);
        }
        const types = (destination.MatchingEventTypes ?? []).map((type) => type.toUpperCase());
        if (String(destination.Enabled ?? true) === 'true') {
          eventDestinations.get(name)?.push({ ...destination, MatchingEventTypes: types });
        }
        return { ref: `${name}|${logicalId}`, attributes: { Id: `${name}|${logicalId}` } };
      },
      'AWS::SES::Template': ({ stack, logicalId, properties }) => {
        const { TemplateName, SubjectPart, TextPart, HtmlPart } = (properties.Template ?? {}) as Record<string, string>;
        const name = TemplateName ?? `${stack}-${logicalId}`;
        const content = {
          ...(SubjectPart && { Subject: SubjectPart }),
          ...(TextPart && { Text: TextPart }),
          ...(HtmlPart && { Html: HtmlPart }),
        };
        store.set('template', name, saveTemplate(content));
        return { ref: name, attributes: { Id: name } };
      },
    },
    rights,
    async handle(request) {
      const { operation, name = '' } = routeOf(request);
      const work = operations[operation];
      if (!work) throw unknownOperation('SES', operation);
      return jsonResponse(await work(inputOf(request), name), 'application/json');
    },
    // What was taken right before the platform was killed.
    start: publishEvents,
    async stop() {
      await published;
      mailbox.close();
      store.close();
    },
    async inspect(path, query): Promise<Json | undefined> {
      if (path === '' || path === 'mail.json') {
        const gone = query.get('delete');
        if (gone === 'all') mailbox.deleteAll();
        else if (gone) mailbox.delete(gone);
        return mailbox.list(Number(query.get('limit') ?? 200), query.get('to') ?? undefined) as unknown as Json;
      }
      const id = /^mail\/(.+?)(\.json)?$/.exec(path)?.[1];
      return id ? (mailbox.get(id) as unknown as Json | undefined) : undefined;
    },
  };
}

const collections: Record<string, string> = { identities: 'EmailIdentity', templates: 'EmailTemplate' };
const verbs: Record<string, string> = { POST: 'Create', GET: 'Get', PUT: 'Update', DELETE: 'Delete' };

/** Throws UnknownOperationException when the path is of no operation that is spoken here. */
function routeOf({ method, path }: AwsRequest): Route {
  const [, version, email, collection = '', encoded, ...rest] = path.split('/');
  const name = encoded && decodeURIComponent(encoded);
  if (version === 'v2' && email === 'email' && rest.length === 0) {
    if (method === 'POST' && collection === 'outbound-emails') return { operation: 'SendEmail' };
    if (method === 'POST' && collection === 'outbound-bulk-emails') return { operation: 'SendBulkEmail' };
    if (method === 'GET' && collection === 'account') return { operation: 'GetAccount' };
    if (method === 'GET' && collection === 'configuration-sets' && name)
      return { operation: 'GetConfigurationSet', name };
    const thing = collections[collection];
    const verb = verbs[method];
    if (thing && verb && name !== undefined && method !== 'POST') return { operation: `${verb}${thing}`, name };
    if (thing && method === 'POST') return { operation: `Create${thing}` };
    if (thing && method === 'GET')
      return { operation: `List${thing.replace('Identity', 'Identities').replace(/Template$/, 'Templates')}` };
  }
  throw unknownOperation('SES', `${method} ${path}`);
}

/** An identity, with the configuration set of mails that name none. */
const withSet = (set: Json | undefined): JsonObject => (typeof set === 'string' ? { ConfigurationSetName: set } : {});

/** Identities, templates and configuration sets by name. */
function openThings(file: string) {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS things (kind TEXT, name TEXT, value TEXT, PRIMARY KEY (kind, name));
  `);
  const known = new Map<string, JsonObject>();
  for (const { kind, name, value } of database.prepare('SELECT * FROM things').all()) {
    known.set(`${kind}/${name}`, JSON.parse(String(value)));
  }
  const insert = database.prepare('INSERT OR REPLACE INTO things VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM things WHERE kind = ? AND name = ?');
  return {
    get: (kind: Kind, name: string) => known.get(`${kind}/${name}`),
    set: (kind: Kind, name: string, value: JsonObject) => {
      insert.run(kind, name, JSON.stringify(value));
      known.set(`${kind}/${name}`, value);
    },
    delete: (kind: Kind, name: string) => {
      remove.run(kind, name);
      known.delete(`${kind}/${name}`);
    },
    names: (kind: Kind) =>
      [...known.keys()]
        .filter((key) => key.startsWith(`${kind}/`))
        .map((key) => key.slice(kind.length + 1))
        .sort(),
    close: () => database.close(),
  };
}
