// Any text is an appliance or gets at least one error; either can be shown.

#include <string>

#include "appliance/read.hpp"
#include "diagnostics/render.hpp"
#include "expect.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const diagnostics::Source source("appliance.json", std::string(fuzz::text_of(data, size)));
    const appliance::ReadResult read = appliance::read(source);
    fuzz::expect(read.appliance.has_value() != diagnostics::has_errors(read.diagnostics),
                 "an appliance is there exactly when there is no error");
    for (const diagnostics::Diagnostic& diagnostic : read.diagnostics) {
        fuzz::expect(!diagnostic.message.empty(), "a diagnostic says something");
        if (diagnostic.where) {
            fuzz::expect(
                diagnostic.where->begin <= diagnostic.where->end && diagnostic.where->end <= size,
                "a diagnostic's place is in the document");
        }
    }
    const std::string shown = diagnostics::render(read.diagnostics, source);
    for (const char byte : shown) {
        fuzz::expect(byte == '\n' || byte < 0 || byte >= ' ', "no control byte is shown");
    }
    if (read.appliance) {
        fuzz::expect(!read.appliance->containers.empty(), "an appliance has a container");
        fuzz::expect(!read.appliance->id.str().empty(), "an appliance has an ID");
    }
    return 0;
}
