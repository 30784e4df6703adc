/** MessagePack, as far as messages use it: extension types and integers beyond 2^53 are left out. */

const text = new TextDecoder();

/** Reads the value that `bytes` hold. Binary data shares their memory. */
export function decode(bytes: Uint8Array<ArrayBuffer>): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const skip = (count: number) => (at += count) - count;
  const take = (count: number) => bytes.subarray(skip(count), at);
  const length = (size: number) =>
    size === 1 ? view.getUint8(skip(1)) : size === 2 ? view.getUint16(skip(2)) : view.getUint32(skip(4));
  const list = (count: number) => Array.from({ length: count }, value);
  const map = (count: number) => Object.fromEntries(Array.from({ length: count }, () => [value(), value()]));
  function value(): unknown {
    const tag = view.getUint8(skip(1));
    if (tag < 0x80) return tag;
    if (tag < 0x90) return map(tag & 0x0f);
    if (tag < 0xa0) return list(tag & 0x0f);
    if (tag < 0xc0) return text.decode(take(tag & 0x1f));
    if (tag >= 0xe0) return tag - 0x100;
    switch (tag) {
      case 0xc0: return null;
      case 0xc2: return false;
      case 0xc3: return true;
      case 0xc4: case 0xc5: case 0xc6: return take(length(1 << (tag - 0xc4)));
      case 0xca: return view.getFloat32(skip(4));
      case 0xcb: return view.getFloat64(skip(8));
      case 0xcc: case 0xcd: case 0xce: return length(1 << (tag - 0xcc));
      case 0xcf: return Number(view.getBigUint64(skip(8)));
      case 0xd0: return view.getInt8(skip(1));
      case 0xd1: return view.getInt16(skip(2));
      case 0xd2: return view.getInt32(skip(4));
      case 0xd3: return Number(view.getBigInt64(skip(8)));
      case 0xd9: case 0xda: case 0xdb: return text.decode(take(length(1 << (tag - 0xd9))));
      case 0xdc: case 0xdd: return list(length(2 << (tag - 0xdc)));
      case 0xde: case 0xdf: return map(length(2 << (tag - 0xde)));
      default: throw new Error(`MessagePack type 0x${tag.toString(16)} at byte ${at - 1}`);
    }
  }
  return value();
}

/** Writes a value: numbers as 64-bit floats or, where they are whole, as integers. */
export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  const bytesOf = (size: number, set: (view: DataView) => void) => {
    const view = new DataView(new ArrayBuffer(size));
    set(view);
    out.push(...new Uint8Array(view.buffer));
  };
  const header = (tag: number, length: number) =>
    bytesOf(5, (view) => (view.setUint8(0, tag), view.setUint32(1, length)));
  const write = (value: unknown): void => {
    if (value === null || value === undefined) out.push(0xc0);
    else if (typeof value === "boolean") out.push(value ? 0xc3 : 0xc2);
    else if (typeof value === "number" && Number.isSafeInteger(value))
      bytesOf(9, (view) => (view.setUint8(0, 0xd3), view.setBigInt64(1, BigInt(value))));
    else if (typeof value === "number") bytesOf(9, (view) => (view.setUint8(0, 0xcb), view.setFloat64(1, value)));
    else if (typeof value === "string") {
      const utf8 = new TextEncoder().encode(value);
      header(0xdb, utf8.length);
      out.push(...utf8);
    } else if (value instanceof Uint8Array) {
      header(0xc6, value.length);
      for (const byte of value) out.push(byte);
    } else if (Array.isArray(value)) {
      header(0xdd, value.length);
      value.forEach(write);
    } else {
      const entries = Object.entries(value);
      header(0xdf, entries.length);
      for (const [key, entry] of entries) {
        write(key);
        write(entry);
      }
    }
  };
  write(value);
  return new Uint8Array(out);
}
