// The text of a record comes from a label, which anybody may write. What is understood is written
// the same way again.

#include <string>

#include "expect.hpp"
#include "plan/record.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::text_of(data, size));
    if (const auto record = plan::parse_record(text)) {
        fuzz::expect(plan::parse_record(plan::to_text(*record)) == record, "a record reads back");
    }
    if (const auto entry = plan::parse_entry(text)) {
        fuzz::expect(plan::parse_entry(plan::to_text(*entry)) == entry, "an entry reads back");
    }
    return 0;
}
