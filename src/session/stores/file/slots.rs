//! The layout of one file: a head and two slots of the same size.
//!
//! ```text
//! format 2 slot 1 of 00002008 bytes 00000426 sum 5f2b…      which slot counts, and its checksum
//! {"locker":"…","version":6,…}                              slot 0: what was before
//! {"locker":"…","version":7,…}                              slot 1: what is
//! ```
//!
//! A change goes into the slot that the head does not name. When it is there, the head is
//! written anew: that is the moment at which the change is made. So whatever happens before that
//! moment, to a writer that dies or to a disk without room, the head names what it named.
//!
//! The head is so short that it lies within one page of the system's memory, and no signal ends a
//! `write` within a page: a process that dies has written all of it or nothing.
//!
//! **A reader takes no lock.** It reads the head, then the slot. The checksum is that of both, so
//! a reader that met a writer in either of them notices, and looks again. What holds is what the
//! head named at a moment since the reader began: never older than what was answered before.
//!
//! The checksum also tells what a disk has spoilt. It is no protection against people: who can
//! write here can write a checksum.

use std::io::{self, ErrorKind};
use std::ops::Range;
use std::os::unix::fs::FileExt;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

const FORMAT: &[u8] = b"format 2 ";

/// How long a head is.
const HEAD: usize = 80;

/// The smallest file: one block of the disk, which a smaller one would occupy all the same.
const SMALLEST: usize = 4096;

/// How much of a SHA-256 is kept.
const SUM: usize = 16;

/// How often to look at a file whose head and slot are not of one piece. Whoever is to miss them
/// has to be overtaken by two changes between the one and the other, or to meet a head half written.
const LOOKS: usize = 100;

/// A slot that counts: where it is, and what is in it.
pub(super) struct Slot {
    number: usize,
    size: usize,
    pub(super) text: Vec<u8>,
}

impl Slot {
    fn offset(&self) -> u64 {
        (HEAD + self.number * self.size) as u64
    }

    /// The head that names this slot, and no other with any other content.
    fn head(&self) -> Vec<u8> {
        let (number, size, length) = (self.number, self.size, self.text.len());
        let mut head = FORMAT.to_vec();
        head.extend(format!("slot {number} of {size:08} bytes {length:08} sum ").bytes());
        let sum = Sha256::new().chain_update(&head).chain_update(&self.text);
        head.extend(HEXLOWER.encode(&sum.finalize()[..SUM]).bytes());
        head.push(b'\n');
        head
    }

    /// What counts. None where nothing does, however often one looks.
    pub(super) fn read(file: &impl FileExt) -> io::Result<Option<Self>> {
        for _ in 0..LOOKS {
            if let Some(slot) = Slot::look(file)? {
                return Ok(Some(slot));
            }
        }
        Ok(None)
    }

    fn look(file: &impl FileExt) -> io::Result<Option<Self>> {
        let mut head = [0; HEAD];
        if !filled(file, &mut head, 0)? {
            return Ok(None);
        }
        let Some(mut slot) = Slot::named(&head) else {
            return Ok(None);
        };
        let offset = slot.offset();
        let whole = filled(file, &mut slot.text, offset)? && slot.head() == head;
        Ok(whole.then_some(slot))
    }

    /// The slot that a head names, with room for what is to be read from it.
    fn named(head: &[u8; HEAD]) -> Option<Self> {
        let field = |at: Range<usize>| str::from_utf8(&head[at]).ok()?.parse().ok();
        let (number, size, length) = (field(14..15)?, field(19..27)?, field(34..42)?);
        (number < 2 && length <= size).then(|| Slot {
            number,
            size,
            text: vec![0; length],
        })
    }

    pub(super) fn has_room_for(&self, text: &[u8]) -> bool {
        text.len() <= self.size
    }

    /// Puts this text, for which there is room, in the place of this slot's. The caller has the
    /// lock.
    pub(super) fn change(self, file: &impl FileExt, text: Vec<u8>) -> io::Result<()> {
        let mut other = Slot {
            number: 1 - self.number,
            size: self.size,
            text,
        };
        let head = other.head();
        // To its end, so that nothing older than the change before this one remains.
        other.text.resize(other.size, 0);
        file.write_all_at(&other.text, other.offset())?;
        file.write_all_at(&head, 0)
    }
}

/// A new file with this text in its first slot. It has its whole length from the beginning: a
/// change within it needs no room on the disk that is not there already.
pub(super) fn new(text: Vec<u8>) -> io::Result<Vec<u8>> {
    let length = (HEAD + 2 * text.len()).next_power_of_two().max(SMALLEST);
    let slot = Slot {
        number: 0,
        size: (length - HEAD) / 2,
        text,
    };
    let mut file = slot.head();
    if file.len() != HEAD {
        return Err(ErrorKind::FileTooLarge.into());
    }
    file.extend(slot.text);
    file.resize(length, 0);
    Ok(file)
}

/// Whether the file has so many bytes from there on.
fn filled(file: &impl FileExt, bytes: &mut [u8], offset: u64) -> io::Result<bool> {
    match file.read_exact_at(bytes, offset) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
