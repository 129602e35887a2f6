/**
 * Resource types that are accepted WITHOUT effect, each with the reason. They get the names and ARNs that other resources
 * refer to; the console lists them, so nobody takes them for running.
 */
import { createHash } from 'node:crypto';
import {
  AwsError,
  type Cloud,
  type CreatedResource,
  type ResourceDeclaration,
  type ResourceProvider,
  type Service,
} from '../types.ts';
import { generatedName } from './lambda/functions.ts';

interface AcceptedType {
  reason: string;
  create(resource: ResourceDeclaration, arn: (service: string, rest: string) => string): CreatedResource;
}

const named = (property: string) => (resource: ResourceDeclaration) =>
  typeof resource.properties[property] === 'string'
    ? (resource.properties[property] as string)
    : generatedName(resource.stack, resource.logicalId);
const byName = (property: string, reason: string): AcceptedType => ({
  reason,
  create: (resource) => ({ ref: named(property)(resource) }),
});
const alarm = (reason: string): AcceptedType => ({
  reason,
  create(resource, arn) {
    const name = named('AlarmName')(resource);
    return { ref: name, attributes: { Arn: arn('cloudwatch', `alarm:${name}`) } };
  },
});
const firewall: AcceptedType = {
  reason: 'A web application firewall judges traffic from the internet; here there is only this machine.',
  create(resource, arn) {
    const name = named('Name')(resource);
    const id = uuid(resource);
    const scope = resource.properties.Scope === 'CLOUDFRONT' ? 'global' : 'regional';
    const type = resource.type.split('::')[2]?.toLowerCase();
    return {
      ref: `${name}|${id}|${String(resource.properties.Scope)}`,
      attributes: { Arn: arn('wafv2', `${scope}/${type}/${name}/${id}`), Id: id },
    };
  },
};
const traffic = 'Deployments shift no traffic here: an alias always runs the newest code.';
const metrics = 'Metrics are not evaluated here; the console shows errors and durations.';
const names = 'Local addresses are those of the listeners; no public name points here.';
const scaling = 'Capacity is that of this machine.';

const accepted: Readonly<Record<string, AcceptedType>> = {
  'AWS::CDK::Metadata': byName('', 'It tells CDK usage statistics only.'),
  'AWS::KMS::Key': {
    reason: 'Data on this machine is not encrypted at rest by the platform.',
    create(resource, arn) {
      const id = uuid(resource);
      return { ref: id, attributes: { Arn: arn('kms', `key/${id}`), KeyId: id } };
    },
  },
  'AWS::KMS::Alias': byName('AliasName', 'It names a key that has no effect here.'),
  'AWS::CloudWatch::Alarm': alarm(metrics),
  'AWS::CloudWatch::CompositeAlarm': alarm(metrics),
  'AWS::CloudWatch::AnomalyDetector': byName('', metrics),
  'AWS::CloudWatch::Dashboard': byName('DashboardName', 'The console of the platform takes its place.'),
  'AWS::Logs::MetricFilter': byName('FilterName', metrics),
  'AWS::Logs::QueryDefinition': byName('Name', 'Logs Insights is not there; logs are read in the console.'),
  'AWS::Logs::ResourcePolicy': byName('PolicyName', 'Services of the platform write logs without asking.'),
  'AWS::WAFv2::WebACL': firewall,
  'AWS::WAFv2::IPSet': firewall,
  'AWS::WAFv2::RegexPatternSet': firewall,
  'AWS::WAFv2::RuleGroup': firewall,
  'AWS::WAFv2::WebACLAssociation': byName('', firewall.reason),
  'AWS::WAFv2::LoggingConfiguration': byName('ResourceArn', firewall.reason),
  'AWS::CodeDeploy::Application': byName('ApplicationName', traffic),
  'AWS::CodeDeploy::DeploymentGroup': byName('DeploymentGroupName', traffic),
  'AWS::CodeDeploy::DeploymentConfig': byName('DeploymentConfigName', traffic),
  'AWS::ApplicationAutoScaling::ScalableTarget': byName('', scaling),
  'AWS::ApplicationAutoScaling::ScalingPolicy': byName('PolicyName', scaling),
  'AWS::Budgets::Budget': byName('', 'Running here costs nothing.'),
  'AWS::XRay::Group': byName('GroupName', 'Traces are not collected here.'),
  'AWS::XRay::SamplingRule': byName('RuleName', 'Traces are not collected here.'),
  'AWS::Route53::RecordSet': byName('Name', names),
  'AWS::Route53::HostedZone': byName('', names),
  'AWS::CertificateManager::Certificate': {
    reason: 'Local listeners speak HTTP.',
    create: (resource, arn) => ({ ref: arn('acm', `certificate/${uuid(resource)}`) }),
  },
};

export interface AcceptedResource {
  type: string;
  id: string;
  reason: string;
}
/** The service and the list of what it accepted, in the order of creation. */
export function createAccepted(cloud: Cloud): { service: Service; list: AcceptedResource[] } {
  const list: AcceptedResource[] = [];
  const arn = (service: string, rest: string): string =>
    `arn:aws:${service}:${cloud.region}:${cloud.accountId}:${rest}`;
  const provider =
    ({ reason, create }: AcceptedType): ResourceProvider =>
    (resource) => {
      const id = `${resource.stack}/${resource.logicalId}`;
      if (!list.some((item) => item.id === id)) {
        list.push({ type: resource.type, id, reason });
        cloud.log('debug', `accepted without effect: ${id} (${resource.type}): ${reason}`);
      }
      return create(resource, arn);
    };
  const unknown = (name: string): never => {
    throw new AwsError('UnknownOperationException', `${name} has no operations here`);
  };
  return {
    list,
    service: {
      names: ['accepted'],
      resources: Object.fromEntries(Object.entries(accepted).map(([type, kind]) => [type, provider(kind)])),
      rights: ({ service }) => unknown(service),
      handle: async ({ service }) => unknown(service),
    },
  };
}

function uuid({ stack, logicalId }: ResourceDeclaration): string {
  const hex = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
