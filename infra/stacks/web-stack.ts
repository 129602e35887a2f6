/** The web application: a private bucket and CloudFront before it, with the API under `/api` of the same origin. */
import {
  Aws,
  CfnCondition,
  CfnOutput,
  CustomResource,
  Duration,
  Fn,
  RemovalPolicy,
  Stack,
  Validations,
} from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { ACCESS_COOKIE } from '../../functions/platform/http/authenticate.ts';
import { edgeLimits } from '../../shared/plans.ts';
import { MediaBucket, UploadsBucket } from '../constructs/file-buckets.ts';
import { prettyUrlsCode } from '../edge/pretty-urls.ts';
import { bucketName, parameterName, stackName } from '../names.ts';
import type { Platform } from '../platform.ts';
import type { StageConfig } from '../stages.ts';

/** Nothing from elsewhere and nothing inline: scripts and styles are files. What scripts set on an element's style is not inline. */
const contentSecurityPolicy = (uploads: string) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${uploads}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

export class WebStack extends Stack {
  readonly pages: Bucket;

  constructor(scope: Construct, platform: Platform, apiHost: string, secretFunction: string, pages: string) {
    const { config } = platform;
    super(scope, 'Web', {
      stackName: stackName(config.name, 'web'),
      description: 'Mewayz: the web application and the way to the API',
      env: { region: config.region },
    });
    // Only CloudFront knows it, so nobody gets round it. A new `rotation` makes a new one.
    const secret = new CustomResource(this, 'OriginSecret', {
      resourceType: 'Custom::OriginSecret',
      serviceToken: secretFunction,
      properties: { Rotation: '1' },
    }).getAttString('Secret');

    const bucket = new Bucket(this, 'Pages', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.pages = bucket;
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Holds public pages only; CloudFront counts the requests.',
    });

    const prettyUrls = new EdgeFunction(this, 'PrettyUrls', {
      functionName: `mewayz-${config.name}-pretty-urls`,
      comment: 'Finds the exported page of a pretty URL',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(prettyUrlsCode(pages)),
    });
    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: `mewayz-${config.name}-pages`,
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy(
            `https://${bucketName(config.name, 'uploads')}.s3.${this.region}.amazonaws.com`,
          ),
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          preload: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          {
            header: 'Permissions-Policy',
            value: 'camera=(), geolocation=(), microphone=(), payment=()',
            override: true,
          },
          { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
        ],
      },
    });
    const distribution = new Distribution(this, 'Distribution', {
      webAclId: this.#firewall(platform),
      comment: `Mewayz ${config.name}`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(config.domain
        ? {
            domainNames: [config.domain.name],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', config.domain.certificateArn),
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_3_2025,
          }
        : {}),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers,
        compress: true,
        functionAssociations: [{ function: prettyUrls, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        '/media/*': this.#media(new MediaBucket(this, 'Media', config), config),
        '/api/*': {
          origin: new HttpOrigin(apiHost, {
            protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
            customHeaders: { 'x-origin-secret': secret },
          }),
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: this.#uncached(config.name),
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          compress: false,
        },
      },
      // No error pages: they would replace the API's own replies too. The function answers for pages that do not exist. CloudFront
      // keeps these errors for ten seconds by itself: nobody shall meet one that is over.
      errorResponses: [404, 414, 500, 501, 502, 503, 504].map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(0),
      })),
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Customers may come from every country.' },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'Gateway and functions log every API request; page views are events, without addresses.',
      },
    );
    if (!config.domain) {
      Validations.of(distribution).acknowledge({
        id: 'AwsSolutions-CFR4',
        reason: 'CloudFront’s own certificate allows no choice; a stage with a domain asks for TLS 1.3.',
      });
    }

    const host = config.domain?.name ?? distribution.distributionDomainName;
    const publicUrl = config.publicUrl ?? `https://${host}`;
    platform.provide('publicUrl', publicUrl);
    new UploadsBucket(this, 'Uploads', config, [publicUrl, ...config.corsOrigins]);
    platform.provide('originSecret', secret);
    new CfnOutput(this, 'WebUrl', { value: publicUrl });
    new StringParameter(this, 'WebUrlParameter', {
      parameterName: parameterName(config.name, 'web-url'),
      description: 'Address of the web application of this stage',
      stringValue: publicUrl,
    });

    this.#upload(bucket, distribution, pages);
  }

  /** Files that people sent and we made anew: shown, and nothing else. They never change; edges keep them for a day, so that what is deleted is gone. */
  #media(bucket: Bucket, config: StageConfig): BehaviorOptions {
    return {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: new CachePolicy(this, 'MediaCache', {
        cachePolicyName: `mewayz-${config.name}-media`,
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.days(1),
        maxTtl: Duration.days(1),
      }),
      responseHeadersPolicy: new ResponseHeadersPolicy(this, 'MediaHeaders', {
        responseHeadersPolicyName: `mewayz-${config.name}-media`,
        securityHeadersBehavior: {
          contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; sandbox", override: true },
          contentTypeOptions: { override: true },
          strictTransportSecurity: {
            accessControlMaxAge: Duration.days(730),
            includeSubdomains: true,
            preload: true,
            override: true,
          },
        },
        customHeadersBehavior: {
          customHeaders: [{ header: 'Cross-Origin-Resource-Policy', value: 'same-origin', override: true }],
        },
      }),
      compress: false,
    };
  }

  /** Files under `_next/static` have their content's hash in their names: they never change. Everything else is asked for again. */
  #upload(bucket: Bucket, distribution: Distribution, pages: string): void {
    const common = { sources: [Source.asset(pages)], destinationBucket: bucket, prune: false, memoryLimit: 512 };
    const assets = new BucketDeployment(this, 'UploadAssets', {
      ...common,
      exclude: ['*'],
      include: ['_next/static/*'],
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    });
    const rest = new BucketDeployment(this, 'UploadPages', {
      ...common,
      exclude: ['_next/static/*'],
      cacheControl: [CacheControl.fromString('public, max-age=0, must-revalidate')],
      distribution,
      distributionPaths: ['/*'],
    });
    // A page never names an asset that is not there yet.
    rest.node.addDependency(assets);
    acknowledgeUploader(this);
  }

  /**
   * The API's replies are not cached (they say so themselves), but functions must learn the viewer's country. An origin request policy can
   * not add it: those that leave the viewer's Host out, which API Gateway refuses, add no header of CloudFront's, and one that lists
   * headers may not list Authorization. What is in a cache key goes to the origin too, and a policy has a key only when something could
   * be cached: for a second, under whatever makes a reply somebody's.
   */
  #uncached(stage: string): CachePolicy {
    return new CachePolicy(this, 'ApiKey', {
      cachePolicyName: `mewayz-${stage}-api`,
      comment: 'Nothing is cached; tells the origin the country of the viewer',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.seconds(1),
      headerBehavior: CacheHeaderBehavior.allowList(
        'Accept',
        'Accept-Encoding',
        'Authorization',
        'CloudFront-Viewer-Country',
        'Origin',
      ),
      cookieBehavior: CacheCookieBehavior.all(),
      queryStringBehavior: CacheQueryStringBehavior.all(),
    });
  }

  /** Web ACLs of CloudFront live in us-east-1 only: elsewhere the stack goes without. */
  #firewall(platform: Platform): string {
    const { config } = platform;
    const here = new CfnCondition(this, 'FirewallIsPossible', {
      expression: Fn.conditionEquals(this.region, 'us-east-1'),
    });
    const visibility = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName,
    });
    const asItIs = [{ priority: 0, type: 'NONE' }];
    const perSession = (key: object) => ({
      aggregateKeyType: 'CUSTOM_KEYS',
      customKeys: [key],
      limit: edgeLimits.perSession,
    });
    const { windowSeconds } = edgeLimits;
    const rate = (name: string, priority: number, statement: CfnWebACL.RateBasedStatementProperty) => ({
      name,
      priority,
      action: {
        block: {
          customResponse: {
            responseCode: 429,
            responseHeaders: [{ name: 'retry-after', value: String(windowSeconds) }],
          },
        },
      },
      statement: { rateBasedStatement: { ...statement, evaluationWindowSec: windowSeconds } },
      visibilityConfig: visibility(name),
    });
    const acl = new CfnWebACL(this, 'Firewall', {
      name: `mewayz-${config.name}`,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(`mewayz-${config.name}`),
      rules: [
        rate('requests-per-address', 0, { aggregateKeyType: 'IP', limit: edgeLimits.perAddress }),
        // The token of a session, however many addresses use it: of a browser in its cookie, of a program in its header.
        rate('requests-per-cookie', 1, perSession({ cookie: { name: ACCESS_COOKIE, textTransformations: asItIs } })),
        rate('requests-per-token', 2, perSession({ header: { name: 'authorization', textTransformations: asItIs } })),
      ],
    });
    acl.cfnOptions.condition = here;
    return Fn.conditionIf(here.logicalId, acl.attrArn, Aws.NO_VALUE).toString();
  }
}

/** CDK's own uploader is written with wildcards; it runs at deployments only. */
function acknowledgeUploader(stack: WebStack): void {
  const uploader = stack.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
  if (!uploader) throw new Error('CDK makes its uploader elsewhere now.');
  const reason = 'CDK’s own function, run at deployments only, fenced to the asset bucket and to the bucket of pages.';
  const pages = stack.getLogicalId(stack.pages.node.defaultChild as CfnBucket);
  for (const id of [
    'AwsSolutions-L1',
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    ...['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*'].map(
      (action) => `AwsSolutions-IAM5[Action::${action}]`,
    ),
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]`,
    `AwsSolutions-IAM5[Resource::<${pages}.Arn>/*]`,
    'AwsSolutions-IAM5[Resource::*]',
  ]) {
    Validations.of(uploader).acknowledge({ id, reason });
  }
}
