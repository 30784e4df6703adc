//! Pickle's instructions: their numbers, and their names for error messages.

macro_rules! opcodes {
    (accepted { $($name:ident = $value:literal;)* } refused { $($other:ident = $number:literal;)* }) => {
        $(pub(super) const $name: u8 = $value;)*

        /// The name of an instruction, or its number where it has none.
        pub(super) fn name(opcode: u8) -> String {
            match opcode {
                $($value => stringify!($name).to_owned(),)*
                $($number => stringify!($other).to_owned(),)*
                other => format!("{other:#04x}"),
            }
        }
    };
}

opcodes! {
    accepted {
    MARK = b'(';
    STOP = b'.';
    POP = b'0';
    POP_MARK = b'1';
    DUP = b'2';
    BINFLOAT = b'G';
    BININT = b'J';
    BININT1 = b'K';
    BININT2 = b'M';
    NONE = b'N';
    BINPERSID = b'Q';
    REDUCE = b'R';
    BINUNICODE = b'X';
    APPEND = b'a';
    BUILD = b'b';
    GLOBAL = b'c';
    APPENDS = b'e';
    BINGET = b'h';
    LONG_BINGET = b'j';
    BINPUT = b'q';
    LONG_BINPUT = b'r';
    SETITEM = b's';
    TUPLE = b't';
    SETITEMS = b'u';
    EMPTY_LIST = b']';
    EMPTY_TUPLE = b')';
    EMPTY_DICT = b'}';
    BINBYTES = b'B';
    SHORT_BINBYTES = b'C';
    PROTO = 0x80;
    NEWOBJ = 0x81;
    TUPLE1 = 0x85;
    TUPLE2 = 0x86;
    TUPLE3 = 0x87;
    NEWTRUE = 0x88;
    NEWFALSE = 0x89;
    LONG1 = 0x8a;
    LONG4 = 0x8b;
    SHORT_BINUNICODE = 0x8c;
    BINUNICODE8 = 0x8d;
    BINBYTES8 = 0x8e;
    EMPTY_SET = 0x8f;
    ADDITEMS = 0x90;
    FROZENSET = 0x91;
    STACK_GLOBAL = 0x93;
    MEMOIZE = 0x94;
    FRAME = 0x95;
    BYTEARRAY8 = 0x96;
    BINSTRING = b'T';
    SHORT_BINSTRING = b'U';
    }
    refused {
    EXT1 = 0x82;
    EXT2 = 0x83;
    EXT4 = 0x84;
    NEWOBJ_EX = 0x92;
    NEXT_BUFFER = 0x97;
    READONLY_BUFFER = 0x98;
    INST = b'i';
    OBJ = b'o';
    PERSID = b'P';
    INT = b'I';
    LONG = b'L';
    FLOAT = b'F';
    STRING = b'S';
    UNICODE = b'V';
    PUT = b'p';
    GET = b'g';
    LIST = b'l';
    DICT = b'd';
    }
}
