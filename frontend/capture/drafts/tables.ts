/** The tables of a database on this device: a promise for each act; what is written is there once its transaction is complete. */
type Key = string | string[];

export interface Shape {
  key: Key;
  indexes?: Record<string, Key>;
}

/** What IndexedDB calls the first version of ours: earlier releases of the entry counted in tens. */
const VERSION = 10;

export class Tables<Name extends string> {
  private opened: Promise<IDBDatabase> | null = null;

  constructor(
    private readonly name: string,
    private readonly shapes: Record<Name, Shape>,
  ) {}

  get<Row>(table: Name, key: Key): Promise<Row | undefined> {
    return this.read<Row | undefined>(table, (rows) => rows.get(key) as IDBRequest<Row | undefined>);
  }

  /** The rows that an index finds, in the order of their keys. */
  find<Row>(table: Name, index: string, key: Key): Promise<Row[]> {
    return this.read<Row[]>(table, (rows) => rows.index(index).getAll(key));
  }

  count(table: Name, index: string, key: Key): Promise<number> {
    return this.read(table, (rows) => rows.index(index).count(key));
  }

  put(table: Name, row: object): Promise<void> {
    return this.write([table], (rows) => void rows(table).put(row));
  }

  remove(table: Name, key: Key): Promise<void> {
    return this.write([table], (rows) => void rows(table).delete(key));
  }

  clear(table: Name): Promise<void> {
    return this.write([table], (rows) => void rows(table).clear());
  }

  /** Change several tables together: all of it or nothing. */
  async write(tables: Name[], act: (rows: (table: Name) => IDBObjectStore) => void): Promise<void> {
    const transaction = await this.begin(tables, "readwrite");
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("The device did not keep it."));
      act((table) => transaction.objectStore(table));
    });
  }

  close(): void {
    void this.opened?.then((database) => database.close());
    this.opened = null;
  }

  private async read<T>(table: Name, ask: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = await this.begin([table], "readonly");
    return answerOf(ask(transaction.objectStore(table)));
  }

  /** A database that the browser closed is opened once more. */
  private async begin(tables: Name[], mode: IDBTransactionMode): Promise<IDBTransaction> {
    try {
      return (await this.open()).transaction(tables, mode);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
      this.opened = null;
      return (await this.open()).transaction(tables, mode);
    }
  }

  private open(): Promise<IDBDatabase> {
    this.opened ??= this.openNow().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }

  private async openNow(): Promise<IDBDatabase> {
    const asked = indexedDB.open(this.name, VERSION);
    asked.onupgradeneeded = () => {
      for (const [name, shape] of Object.entries<Shape>(this.shapes)) {
        const table = asked.result.createObjectStore(name, { keyPath: shape.key });
        for (const [index, key] of Object.entries(shape.indexes ?? {})) table.createIndex(index, key);
      }
    };
    const database = await answerOf(asked);
    // Another tab wants it gone or newer: this one lets go, and opens it anew when it is needed.
    database.onversionchange = () => database.close();
    return database;
  }
}

function answerOf<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("The device did not answer."));
  });
}
