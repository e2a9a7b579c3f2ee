package app.heyblue.tracking.engine;

/** Numbers by cell: open addressing, linear probing. Not for several threads at once. */
final class CellTable {
  static final int NONE = -1;

  /** 0 isn't a cell of H3. */
  private long[] cells = new long[16];

  private int[] numbers = new int[16];
  private int size;

  int get(long cell) {
    for (int i = home(cell); cells[i] != 0; i = next(i)) {
      if (cells[i] == cell) {
        return numbers[i];
      }
    }
    return NONE;
  }

  void put(long cell, int number) {
    int i = home(cell);
    while (cells[i] != 0 && cells[i] != cell) {
      i = next(i);
    }
    if (cells[i] == 0) {
      size++;
    }
    cells[i] = cell;
    numbers[i] = number;
    if (size * 4L > cells.length * 3L) {
      rehash();
    }
  }

  void remove(long cell) {
    int hole = home(cell);
    while (cells[hole] != cell) {
      if (cells[hole] == 0) {
        return;
      }
      hole = next(hole);
    }
    int mask = cells.length - 1;
    for (int i = next(hole); cells[i] != 0; i = next(i)) {
      if (((i - home(cells[i])) & mask) >= ((i - hole) & mask)) {
        cells[hole] = cells[i];
        numbers[hole] = numbers[i];
        hole = i;
      }
    }
    cells[hole] = 0;
    numbers[hole] = 0;
    size--;
  }

  private void rehash() {
    long[] oldCells = cells;
    int[] oldNumbers = numbers;
    cells = new long[oldCells.length * 2];
    numbers = new int[cells.length];
    for (int old = 0; old < oldCells.length; old++) {
      if (oldCells[old] != 0) {
        int i = home(oldCells[old]);
        while (cells[i] != 0) {
          i = next(i);
        }
        cells[i] = oldCells[old];
        numbers[i] = oldNumbers[old];
      }
    }
  }

  private int next(int i) {
    return (i + 1) & (cells.length - 1);
  }

  private int home(long cell) {
    return (int) Growth.mix(cell) & (cells.length - 1);
  }
}
