package io.deungdae.collector.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Tags keep their places when the settings are read again. */
class TagPlacesTest {

  /** A table of tags such as {@code p=bar}: name and unit. */
  private static TagTable read(TagPlaces places, String... tags) {
    List<Tag> all = new ArrayList<>();
    for (String tag : tags) {
      String[] words = (tag + "=").split("=", -1);
      all.add(
          places.keep(
              new Tag(
                  places.index(words[0]),
                  words[0],
                  "plc",
                  Kind.NUMBER,
                  new Unit(words[1]),
                  new Range(0, 100),
                  Label.of(words[0]),
                  null)));
    }
    return new TagTable(all);
  }

  @Test
  void aSiteThatIsReadForTheFirstTimeIsDense() {
    TagTable table = read(TagPlaces.fresh(), "a", "b", "c");
    assertEquals(List.of(0, 1, 2), table.all().stream().map(Tag::index).toList());
    assertEquals(3, table.places());
  }

  @Test
  void whatMeansTheSameIsTheSameWhereverItStands() {
    TagTable before = read(TagPlaces.fresh(), "a", "b=bar", "c");
    TagTable after = read(TagPlaces.after(before), "x", "c", "b=bar", "a");
    for (String name : List.of("a", "b", "c")) {
      assertSame(before.get(name), after.get(name));
    }
    assertEquals(3, after.get("x").index());
  }

  @Test
  void whatHasChangedIsAnotherTagInTheSamePlace() {
    TagTable before = read(TagPlaces.fresh(), "a", "b=bar");
    TagTable after = read(TagPlaces.after(before), "a", "b=kPa");
    assertNotSame(before.get("b"), after.get("b"));
    assertEquals(1, after.get("b").index());
    assertEquals(new Unit("kPa"), after.get("b").unit());
  }

  @Test
  void placesOfWhatIsGoneAreFilledLaterSoThatNothingGrowsForEver() {
    TagTable table = read(TagPlaces.fresh(), "a", "b", "c");
    for (int i = 0; i < 100; i++) {
      table = read(TagPlaces.after(table), "a", "c", "new" + i);
    }
    assertSame(table.get("c"), table.at(2));
    assertTrue(table.places() <= 5, "places " + table.places());
  }

  @Test
  void aPlaceWithoutATagIsSaid() {
    TagTable table = read(TagPlaces.after(read(TagPlaces.fresh(), "a", "b", "c")), "a", "c");
    assertEquals(List.of("a", "c"), table.all().stream().map(Tag::name).toList());
    assertThrows(NoSuchElementException.class, () -> table.at(1));
  }

  @Test
  void aTableRefusesAPlaceOrANameTwice() {
    Tag a = read(TagPlaces.fresh(), "a").get("a");
    assertThrows(IllegalArgumentException.class, () -> new TagTable(List.of(a, a)));
  }
}
