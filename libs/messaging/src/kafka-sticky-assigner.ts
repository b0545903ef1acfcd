import { stickyAssignment, type PartitionsByTopic } from './sticky-assignment.js';

interface Codec<T> {
  encode(value: T): Buffer;
  decode(buffer: Buffer): T | null;
}

/** The client's codecs of what members and the group's leader tell each other. */
export interface AssignerCodecs {
  readonly MemberMetadata: Codec<{ version: number; topics: string[]; userData: Buffer }>;
  readonly MemberAssignment: Codec<{ version: number; assignment: PartitionsByTopic; userData: Buffer }>;
}

interface TopicMetadata {
  addMultipleTargetTopics(topics: string[]): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly unknown[];
}

interface Assigner {
  name: string;
  version: number;
  protocol(subscription: { topics: string[] }): { name: string; metadata: Buffer };
  assign(group: { members: { memberId: string; memberMetadata: Buffer }[] }): Promise<{ memberId: string; memberAssignment: Buffer }[]>;
}

const NAME = 'millrace-sticky';
const VERSION = 1;

/** How the group's leader deals partitions, in the client's terms; each member tells what it holds. */
export function stickyAssigner(codecs: AssignerCodecs, held: () => PartitionsByTopic): (client: { cluster: TopicMetadata }) => Assigner {
  const { MemberMetadata, MemberAssignment } = codecs;
  return ({ cluster }) => ({
    name: NAME,
    version: VERSION,
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: MemberMetadata.encode({ version: VERSION, topics, userData: Buffer.from(JSON.stringify(held())) }),
    }),
    assign: async ({ members }) => {
      const sticky = members.map(({ memberId, memberMetadata }) => {
        const { topics, userData } = MemberMetadata.decode(memberMetadata)!;
        return { id: memberId, topics, held: JSON.parse(userData.toString() || '{}') as PartitionsByTopic };
      });
      const topics = [...new Set(sticky.flatMap((member) => member.topics))];
      await cluster.addMultipleTargetTopics(topics);
      const dealt = stickyAssignment(sticky, new Map(topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).length])));
      return [...dealt].map(([memberId, assignment]) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({ version: VERSION, assignment, userData: Buffer.alloc(0) }),
      }));
    },
  });
}
