// What a mailbox server takes of one client: generous beside what the protocol needs, and an end to everybody else.

/** A side, an application, a nameplate, a mailbox: names that clients choose. */
export const maxNameChars = 128;
export const maxPhaseChars = 64;
/** An offer with thousands of hints would not be this large. As hex it takes twice as much. */
export const maxBodyBytes = 64 * 1024;
/** The largest message of the WebSocket. */
export const maxMailboxMessageBytes = 2 * maxBodyBytes + 8 * 1024;
/** Two sides exchange some ten messages before they talk to each other directly. */
export const maxMessagesPerMailbox = 256;
