//! A reader who meets writers, which no test from outside can arrange.

use std::cell::{Cell, RefCell};
use std::io;
use std::os::unix::fs::FileExt;

use super::slots::{self, Slot};

/// A file in memory that is changed twice each time that somebody has read its head, so many times.
struct Overtaking {
    bytes: RefCell<Vec<u8>>,
    times: Cell<u32>,
}

impl Overtaking {
    fn new(times: u32) -> Self {
        Overtaking {
            bytes: RefCell::new(slots::new(b"0".to_vec()).unwrap()),
            times: Cell::new(times),
        }
    }

    fn change(&self) {
        let times = self.times.replace(0);
        for _ in 0..2 {
            let text = format!("{times}").into_bytes();
            Slot::read(self)
                .unwrap()
                .unwrap()
                .change(self, text)
                .unwrap();
        }
        self.times.set(times - 1);
    }
}

impl FileExt for Overtaking {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        if offset > 0 && self.times.get() > 0 {
            self.change();
        }
        let bytes = self.bytes.borrow();
        into.copy_from_slice(&bytes[offset as usize..][..into.len()]);
        Ok(into.len())
    }

    fn write_at(&self, from: &[u8], offset: u64) -> io::Result<usize> {
        self.bytes.borrow_mut()[offset as usize..][..from.len()].copy_from_slice(from);
        Ok(from.len())
    }
}

#[test]
fn a_reader_who_was_overtaken_looks_again() {
    for times in [0, 1, 20] {
        let file = Overtaking::new(times);
        let text = Slot::read(&file).unwrap().unwrap().text;
        // The last ones to overtake wrote a 1.
        assert_eq!(text, [b'0' + times.min(1) as u8]);
    }
}

#[test]
fn nobody_looks_for_ever() {
    let file = Overtaking::new(u32::MAX);
    assert!(Slot::read(&file).unwrap().is_none());
}
