import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { loadAll } from 'js-yaml';

const ROOT = new URL('..', import.meta.url).pathname;
/** First one whose Kustomize knows components. */
const OLDEST_MINOR = 21;

/** A container, as far as rules look at it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly envFrom?: readonly { readonly secretRef?: { readonly name: string; readonly optional?: boolean } }[];
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
  };
  readonly resources?: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>> | undefined>>;
  readonly [probe: `${string}Probe`]: { readonly httpGet?: { readonly path: string } } | undefined;
}

/** What runs in a pod. */
export interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly enableServiceLinks?: boolean;
  readonly serviceAccountName?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: { readonly runAsNonRoot?: boolean; readonly seccompProfile?: { readonly type: string } };
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

/** A Kubernetes object; `spec` has what the rules look at. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Readonly<Record<string, string>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- every kind has another one
  readonly spec: any;
}

/** What objects that make pods have in common; a CronJob has it one level below. */
interface Workload {
  readonly jobTemplate?: { readonly spec: Workload };
  readonly template?: { readonly metadata?: Partial<Pick<PodTemplate, 'labels' | 'annotations'>>; readonly spec?: Partial<PodSpec> };
}

/** A template of pods with the object that makes them. */
export interface PodTemplate {
  readonly owner: KubernetesObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

/** Why overlays cannot be rendered on this machine; undefined where they can. */
export function missingForRendering(): string | undefined {
  const { stdout, status } = spawnSync('kubectl', ['version', '--client', '--output=json'], { encoding: 'utf8' });
  if (status !== 0) return 'there is no kubectl';
  const { clientVersion } = JSON.parse(stdout) as { clientVersion: { minor: string } };
  return Number.parseInt(clientVersion.minor, 10) < OLDEST_MINOR ? `kubectl 1.${clientVersion.minor} is too old` : undefined;
}

/** Objects of a kustomization, as `kubectl apply -k` would send them. */
export function render(folder: string): readonly KubernetesObject[] {
  const { stdout, stderr, status } = spawnSync('kubectl', ['kustomize', folder], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`kubectl kustomize ${folder}: ${stderr}`);
  return loadAll(stdout) as KubernetesObject[];
}

/** Objects of an overlay with a component that its users may add. */
export function renderWith(folder: string, component: string): readonly KubernetesObject[] {
  const here = mkdtempSync(join(tmpdir(), 'millrace-kustomization-'));
  try {
    const [resource, added] = [folder, component].map((path) => relative(here, join(ROOT, path)));
    writeFileSync(join(here, 'kustomization.yaml'), `resources: ['${resource}']\ncomponents: ['${added}']\n`);
    return render(here);
  } finally {
    rmSync(here, { recursive: true });
  }
}

/** Templates of everything among the objects that makes pods. */
export function podTemplates(objects: readonly KubernetesObject[]): readonly PodTemplate[] {
  return objects.flatMap((owner) => {
    const workload = owner.spec as Workload | undefined;
    const template = (workload?.jobTemplate?.spec ?? workload)?.template;
    if (!template?.spec?.containers) return [];
    const { labels = {}, annotations = {} } = template.metadata ?? {};
    return [{ owner, labels, annotations, spec: template.spec as PodSpec }];
  });
}

/** Whether a selector of labels takes these; an empty one takes all. */
export function selects({ matchLabels = {} }: Selector, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}
