"""Which language a text is in: right translations pass, texts that were left in English don't."""

import pytest

from wellread.augment.languages import is_left_in, looks_like

ENGLISH = (
    "Melvanite melts at 312 °C, and its yield was 81 per cent. The sample was first dried under vacuum for two hours and then "
    "ground to a fine powder. The conductivity of the membrane rose with the temperature, while its strength hardly changed."
)
SAME = {
    "fi": "Melvaniitin sulamispiste on 312 °C, ja sen saanto oli 81 prosenttia. Näyte kuivattiin ensin tyhjiössä kahden tunnin ajan, minkä jälkeen se jauhettiin hienoksi. Kalvon johtavuus kasvoi lämpötilan noustessa, mutta lujuus säilyi lähes ennallaan. Tutkimuksessa havaittiin, että hopeaparit sitovat happea tehokkaasti.",
    "tr": "Melvanit 312 °C sıcaklıkta erir ve verimi yüzde 81 olarak bulundu. Numune önce iki saat boyunca vakum altında kurutuldu, sonra ince toz hâline getirildi. Sıcaklık arttıkça zarın iletkenliği yükseldi, ancak dayanımı neredeyse değişmedi. Gümüş çiftlerinin oksijeni etkili biçimde bağladığı görüldü.",
    "pl": "Melwanit topi się w temperaturze 312 °C, a jego wydajność wyniosła 81 procent. Próbkę najpierw suszono w próżni przez dwie godziny, a następnie zmielono na drobny proszek. Przewodnictwo błony rosło wraz z temperaturą, natomiast wytrzymałość pozostała prawie bez zmian.",
    "pt": "A melvanita funde a 312 °C, e o rendimento foi de 81 por cento. A amostra foi primeiro seca sob vácuo durante duas horas e depois moída até formar um pó fino. A condutividade da membrana aumentou com a temperatura, mas a resistência quase não mudou.",
    "nl": "Melvaniet smelt bij 312 °C, en de opbrengst bedroeg 81 procent. Het monster werd eerst twee uur onder vacuüm gedroogd en daarna tot fijn poeder gemalen. De geleidbaarheid van het membraan nam toe met de temperatuur, maar de sterkte bleef vrijwel gelijk.",
    "fr": "La melvanite fond à 312 °C, avec un rendement de 81 pour cent. L'échantillon a d'abord été séché sous vide pendant deux heures, puis broyé en poudre fine. La conductivité de la membrane augmente avec la température, mais sa résistance reste presque inchangée.",
    "sv": "Melvanit smälter vid 312 °C, och utbytet var 81 procent. Provet torkades först i vakuum under två timmar och maldes sedan till ett fint pulver. Membranets ledningsförmåga ökade med temperaturen, medan hållfastheten var nästan oförändrad.",
    "da": "Melvanit smelter ved 312 °C, og udbyttet var 81 procent. Prøven blev først tørret i vakuum i to timer og derefter malet til et fint pulver. Membranens ledningsevne steg med temperaturen, mens styrken var næsten uændret.",
    "de": "Melvanit schmilzt bei 312 °C, die Ausbeute betrug 81 Prozent. Die Probe wurde zunächst zwei Stunden im Vakuum getrocknet und dann fein gemahlen. Die Leitfähigkeit der Membran stieg mit der Temperatur, während ihre Festigkeit nahezu gleich blieb.",
    "es": "La melvanita funde a 312 °C y su rendimiento fue del 81 por ciento. La muestra se secó primero al vacío durante dos horas y después se molió hasta obtener un polvo fino. La conductividad de la membrana aumentó con la temperatura, mientras que su resistencia casi no cambió.",
    "it": "La melvanite fonde a 312 °C e la resa è stata dell'81 per cento. Il campione è stato prima essiccato sotto vuoto per due ore e poi macinato fino a ottenere una polvere fine. La conducibilità della membrana aumenta con la temperatura, mentre la resistenza resta quasi invariata.",
    "cs": "Melvanit taje při teplotě 312 °C a výtěžek činil 81 procent. Vzorek byl nejprve dvě hodiny sušen ve vakuu a poté jemně rozemlet. Vodivost membrány s teplotou rostla, zatímco pevnost zůstala téměř beze změny.",
    "hu": "A melvanit 312 °C-on olvad, a kitermelés pedig 81 százalék volt. A mintát először két órán át vákuumban szárították, majd finom porrá őrölték. A membrán vezetőképessége a hőmérséklettel nőtt, szilárdsága azonban alig változott.",
    "vi": "Melvanit nóng chảy ở 312 °C và hiệu suất đạt 81 phần trăm. Mẫu trước hết được sấy trong chân không suốt hai giờ, sau đó được nghiền thành bột mịn. Độ dẫn của màng tăng theo nhiệt độ, trong khi độ bền hầu như không đổi.",
}


@pytest.mark.parametrize("code", SAME)
def test_a_translation_passes_and_english_in_its_place_does_not(code):
    assert looks_like(SAME[code], code, "en")
    assert not is_left_in(SAME[code], code, "en")
    assert not looks_like(ENGLISH, code, "en")
    assert is_left_in(ENGLISH, code, "en")
