#include <algorithm>

#include "catch.hpp"
#include "present/frame.hpp"

using namespace std::chrono_literals;
using present::BoardRow;
using present::frame;
using present::last_frame;
using present::Window;
using Mark = BoardRow::Mark;

namespace {

std::string text(const std::vector<present::ScreenLine>& lines) {
    std::string text;
    for (const auto& line : lines) {
        text += line.text + "\n";
    }
    return text;
}

const std::vector<BoardRow> three{{"spark-master", Mark::done, "started", 300ms},
                                  {"livy", Mark::waiting, "waiting for spark-master", 2100ms},
                                  {"web", Mark::working, "pulling 34 of 118 MB", 4s}};

}  // namespace

TEST_CASE("a frame has a line for each container, in columns") {
    CHECK(text(frame(three, Window{80, 24}, 2, {})) ==
          " ✓ spark-master   started                   0.3 s\n"
          " ⠹ livy           waiting for spark-master  2.1 s\n"
          " ⠹ web            pulling 34 of 118 MB      4.0 s\n");
}

TEST_CASE(
    "a line never fills the window's width, because terminals wrap then, and keeps its time") {
    const auto lines = frame(three, Window{36, 24}, 2, {});
    CHECK(text(lines) ==
          " ✓ spark-master   started     0.3 s\n"
          " ⠹ livy           waiting f…  2.1 s\n"
          " ⠹ web            pulling 3…  4.0 s\n");
    for (const auto& line : lines) {
        CHECK(line.width < 36);
    }
}

TEST_CASE("a long name takes a third of the window where there is too little room") {
    const std::vector<BoardRow> rows{
        {std::string(63, 'n'), Mark::waiting, "waiting for " + std::string(63, 'm'), 185s},
        {"web", Mark::done, "started", 300ms}};
    CHECK(text(frame(rows, Window{60, 24}, 2, {})) ==
          " ⠹ nnnnnnnnnnnnnnnnnnn…   waiting for mmmmmmmmm…  3 min 5 s\n"
          " ✓ web                    started                 0.3 s\n");
    CHECK(text(frame(rows, Window{200, 24}, 2, {})) ==
          " ⠹ " + std::string(63, 'n') + "   waiting for " + std::string(63, 'm') +
              "  3 min 5 s\n"
              " ✓ web" +
              std::string(63, ' ') + "started" + std::string(70, ' ') + "0.3 s\n");
    for (std::size_t columns = 1; columns < 100; ++columns) {
        INFO(columns);
        for (const auto& line : frame(rows, Window{columns, 24}, 2, {})) {
            CHECK(line.width < std::max<std::size_t>(columns, 5));
        }
    }
}

TEST_CASE("where the locale has ASCII alone, so do the marks") {
    std::vector<BoardRow> rows = three;
    rows.push_back({"db", Mark::failed, "failed", 1s});
    rows.push_back({"cache", Mark::unfinished, "not started", 1s});
    CHECK(text(frame(rows, Window{36, 24}, 2, {.marks = diagnostics::Marks::ascii})) ==
          " + spark-master   started     0.3 s\n"
          " - livy           waiting...  2.1 s\n"
          " - web            pulling...  4.0 s\n"
          " x db             failed      1.0 s\n"
          " - cache          not sta...  1.0 s\n");
}

TEST_CASE("in a low window what is done folds first, then what waits, then the rest") {
    CHECK(text(frame(three, Window{80, 4}, 0, {})) ==
          " ✓ spark-master   started                   0.3 s\n"
          " ⠋ livy           waiting for spark-master  2.1 s\n"
          " ⠋ web            pulling 34 of 118 MB      4.0 s\n");
    std::vector<BoardRow> many = three;
    many.push_back({"db", Mark::done, "started", 1s});
    CHECK(text(frame(many, Window{80, 4}, 0, {})) ==
          " ✓ 2 containers done\n"
          " ⠋ livy           waiting for spark-master  2.1 s\n"
          " ⠋ web            pulling 34 of 118 MB      4.0 s\n");
    many.push_back({"cache", Mark::waiting, "waiting for db", 2s});
    CHECK(text(frame(many, Window{80, 4}, 0, {})) ==
          " ✓ 2 containers done\n"
          " ⠋ web            pulling 34 of 118 MB      4.0 s\n"
          " ⠋ 2 containers waiting\n");
    many.push_back({"queue", Mark::working, "starting", 2s});
    CHECK(text(frame(many, Window{80, 4}, 0, {})) ==
          " ✓ 2 containers done\n"
          " ⠋ 2 containers more at work\n"
          " ⠋ 2 containers waiting\n");
    CHECK(frame(many, Window{80, 2}, 0, {}).size() == 1);
}

TEST_CASE("the last frame fits the window: what is done is folded first, then what is not ready") {
    std::vector<BoardRow> rows{{"db", Mark::failed, "failed", 2s},
                               {"web", Mark::unfinished, "not started", 3s}};
    CHECK(text(last_frame(rows, Window{80, 24}, {})) ==
          " ✗ db    failed       2.0 s\n"
          " - web   not started  3.0 s\n");
    for (int i = 0; i < 58; ++i) {
        rows.push_back({"ok", Mark::done, "started", 1s});
    }
    CHECK(text(last_frame(rows, Window{80, 24}, {})) ==
          " ✓ 58 containers done\n"
          " ✗ db    failed       2.0 s\n"
          " - web   not started  3.0 s\n");
    for (int i = 0; i < 30; ++i) {
        rows.push_back({"waits", Mark::unfinished, "not started", 1s});
    }
    CHECK(text(last_frame(rows, Window{80, 24}, {})) ==
          " ✓ 58 containers done\n"
          " ✗ db      failed       2.0 s\n"
          " - 31 containers not done\n");
    rows.push_back({"queue", Mark::failed, "failed", 1s});
    CHECK(text(last_frame(rows, Window{80, 4}, {})) ==
          " ✓ 58 containers done\n"
          " ✗ 2 containers more failed\n"
          " - 31 containers not done\n");
}

TEST_CASE("only the marks of a frame have colour, and it takes no width") {
    const auto lines =
        frame({{"db", Mark::done, "started", 300ms}}, Window{80, 24}, 0, {diagnostics::Colour::on});
    CHECK(text(lines) == " \x1b[32m✓\x1b[0m db   started  0.3 s\n");
    CHECK(lines[0].width == 22);
}
