import Domain
import Testing

@Suite struct PhoneMaskTests {
    @Test(arguments: [
        ("6281234567890", "+62 812 ••• ••90", "+62 812 3456 7890"),
        ("15551234567", "+1 555 ••• ••67", "+1 555 1234 567"),
        // Eight digits after the code: three and two of them would leave too little to guess.
        ("6591234567", "+65 ••• ••67", "+65 912 34567"), ("123", "+••• ••", "+123"), ("", "+••• ••", "+"),
    ])
    func numbersAreMaskedAndShown(digits: String, masked: String, whole: String) {
        #expect(PhoneMask.masked(digits) == masked)
        #expect(PhoneMask.whole(digits) == whole)
    }
}
